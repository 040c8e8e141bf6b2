import type { Fix } from '../../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isBlock,
  isExpressionStatement,
  isReturnStatement,
  isVariableDeclaration,
  isVariableStatement,
  isWithin,
  type Node,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { Collecting } from './collection.ts';

/** `const out = []; await Promise.all(xs.map(async … out.push(x)))` → `const out = await Promise.all(xs.map(async … return x))`. */
export function returnFix(
  map: CallExpression,
  callback: FunctionNode,
  push: CallExpression,
  { name, uses }: Collecting,
  ctx: RuleContext,
): Fix | undefined {
  const declaration = name.parent;
  const statement = declaration.parent.parent;
  const awaited = wrapped(map).parent.parent;
  const waiting = awaited.parent;
  const [value, ...more] = push.arguments;
  const { body } = callback;
  if (!isVariableDeclaration(declaration) || !isVariableStatement(statement) || !body || !isBlock(body))
    return undefined;
  if (!isAwaitExpression(awaited) || !isExpressionStatement(waiting) || waiting.parent !== statement.parent)
    return undefined;
  if (!/^Promise\.all$/.test((wrapped(map).parent as CallExpression).expression.getText())) return undefined;
  const isLast = push.parent === body.statements.at(-1) && isExpressionStatement(push.parent);
  const isAlone = statement.declarationList.declarations.length === 1;
  // Whoever uses it before it is full needs it to be there.
  const isEarly = uses.some((use) => use.pos < waiting.end && !isWithin(use, push));
  if (!value || more.length > 0 || !isLast || !isAlone || isEarly || hasReturns(body)) return undefined;
  const { text } = ctx.file;
  const start = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end))?.[0];
  if (rest === undefined || !/^[ \t]*$/.test(text.slice(start, statement.getStart()))) return undefined;
  const type = declaration.type ? `: ${declaration.type.getText()}` : '';
  return ctx.fix.choice(
    'Return the value, and take the array of `Promise.all`',
    ctx.fix.remove({ start, end: statement.end + rest.length }),
    ctx.fix.insert(waiting.getStart(), `const ${name.text}${type} = `),
    ctx.fix.replace(push, `return ${value.getText()}`),
  );
}

function hasReturns(body: Node): boolean {
  let found = false;
  walkBody(body, (node) => {
    found ||= isReturnStatement(node);
    return true;
  });
  return found;
}
