import { workKind } from '../../../knowledge/best-effort.ts';
import { isErrorName, takesListener } from '../../../knowledge/mixed-styles.ts';
import { isErrorClass } from '../../../knowledge/thrown-values.ts';
import {
  type CallExpression,
  isBlock,
  isFunctionNode,
  isIdentifier,
  isStringLiteral,
  lastName,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import type { FileView } from '../../../typescript/file-view.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import { identifiersIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

export interface IgnoredError {
  readonly name: Node;
  /** Whether the parameter is the error of an operation: an error or nothing, by its type. */
  isOfOperation(ctx: RuleContext): Promise<boolean>;
}

/** The first parameter of a call's last callback, if it is named for an error and never used. A comment is a decision. */
export function ignoredError(call: CallExpression, file: FileView): IgnoredError | undefined {
  const last = call.arguments.at(-1);
  const fn = last && unwrap(last);
  if (!fn || !isFunctionNode(fn) || !fn.body) return undefined;
  const name = fn.parameters[0]?.name;
  if (!name || !isIdentifier(name) || !isErrorName(name.text)) return undefined;
  const method = lastName(call.expression) ?? '';
  if (chainCall(call) || takesListener(method) || isForErrors(call)) return undefined;
  const kind = workKind(method);
  if (kind === 'cleanup' || kind === 'courtesy') return undefined;
  const isUsed = identifiersIn(file.sourceFile, name.text).some(
    (use) => use !== name && fn.body && fn.body.pos <= use.pos && use.end <= fn.body.end,
  );
  const isExplained = isBlock(fn.body) && fn.body.statements.length === 0 && /\/[/*]/.test(fn.body.getText());
  if (isUsed || isExplained || /\barguments\b/.test(fn.body.getText())) return undefined;
  return { name, isOfOperation: (ctx) => isErrorOrNothing(name, ctx) };
}

/** `on('error', (error) => …)`: it is called when there is an error, and only then. */
function isForErrors(call: CallExpression): boolean {
  return call.arguments.some((argument) => isStringLiteral(argument) && /error|fail/i.test(argument.text));
}

async function isErrorOrNothing(name: Node, { types }: RuleContext): Promise<boolean> {
  const members = await (await types.typeOf(name)).unionMembers();
  if (!members.some((member) => member.isNullish)) return false;
  const others = members.filter((member) => !member.isNullish);
  const heritages = await Promise.all(others.map((member) => member.heritage()));
  return heritages.length > 0 && heritages.every((heritage) => heritage.some(isErrorClass));
}
