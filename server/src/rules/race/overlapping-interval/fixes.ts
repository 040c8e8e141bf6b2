import { freeName } from '../../../engine/fixing/names.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isBlock,
  isExpressionStatement,
  isVariableStatement,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** `if (isRunning) return; isRunning = true; try { … } finally { isRunning = false; }` in a callback that is written in place. */
export function guardFix(call: CallExpression, runner: FunctionNode, ctx: RuleContext): Fix | undefined {
  const [callback] = call.arguments;
  const { body } = runner;
  if (!callback || unwrap(callback) !== runner || !body || !isBlock(body)) return undefined;
  const [first] = body.statements;
  const statement = statementAround(call);
  if (!first || !statement) return undefined;
  const name = freeName(ctx.file.sourceFile, 'isRunning');
  const wrapped = ctx.fix.wrapInTryFinally(body.statements, `${name} = false`);
  if (!wrapped) return undefined;
  const { text } = ctx.file;
  const end = /;\s*$/m.test(text) ? ';' : '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const outer = indentAt(statement, text);
  const inner = indentAt(first, text);
  return ctx.fix.choice(
    'Leave at once while a run is under way',
    ctx.fix.insert(statement.getStart(), `let ${name} = false${end}${eol}${outer}`),
    ctx.fix.insert(first.getStart(), `if (${name}) return${end}${eol}${inner}${name} = true${end}${eol}${inner}`),
    wrapped,
  );
}

/** The statement that starts the interval, if a declaration may stand in front of it. */
function statementAround(call: Node): Node | undefined {
  let at = call;
  while (at.parent && !isExpressionStatement(at) && !isVariableStatement(at)) at = at.parent;
  const { statements } = (at.parent ?? {}) as { readonly statements?: readonly Node[] };
  return statements?.includes(at) ? at : undefined;
}

function indentAt(node: Node, text: string): string {
  const start = node.getStart();
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
}
