import {
  type CallExpression,
  isArrayLiteralExpression,
  lastName,
  type NewExpression,
  unwrap,
} from '../../../typescript/ast.ts';

/** A child process that cannot fail to start: Node itself, or a command line for the shell, which always starts. */
export function isUnreferencedTask(call: CallExpression | NewExpression): boolean {
  if (lastName(call.expression) !== 'spawn') return false;
  const [command] = call.arguments ?? [];
  const text = command ? unwrap(command).getText() : '';
  if (/^process\.(?:execPath|argv0|argv\[0\])$|^['"](?:node|npm|npx|sh|bash|cmd)['"]$/.test(text)) return true;
  return (call.arguments ?? []).some(
    (argument) => !isArrayLiteralExpression(unwrap(argument)) && /\bshell\b(?!\s*:\s*false)/.test(argument.getText()),
  );
}
