import { listAround } from '../../../engine/fixing/try-finally.ts';
import type { HeldUse, Holder } from '../../../facts/lifetime/held-values.ts';
import type { Resource } from '../../../facts/lifetime/resources.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  enclosingFunction,
  isAwaitExpression,
  isExpressionStatement,
  isFunctionNode,
  isVariableDeclarationList,
  isVariableStatement,
  isWithin,
  type NewExpression,
  type Node,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** Closing it at the end of its block by a declaration, or in `finally`. */
export function closingFixes(
  call: CallExpression | NewExpression,
  holder: Extract<Holder, { readonly kind: 'variable' }>,
  found: Resource,
  ends: readonly HeldUse[],
  ctx: RuleContext,
): readonly (Fix | undefined)[] {
  return [declared(call, holder, found, ends, ctx), inFinally(holder, found, ends, ctx)];
}

/** `await using x = …`; the line that closes it now is no longer needed. */
function declared(
  call: CallExpression | NewExpression,
  { variable, written, uses }: Extract<Holder, { readonly kind: 'variable' }>,
  { disposable, asynchronous }: Resource,
  ends: readonly HeldUse[],
  ctx: RuleContext,
): Fix | undefined {
  const statement = statementAround(written);
  if (!disposable || ctx.file.isJavaScript || variable !== written || !statement || !isVariableStatement(statement))
    return undefined;
  const { declarationList } = statement;
  if (!isVariableDeclarationList(declarationList) || declarationList.declarations.length !== 1) return undefined;
  const isAsync = disposable === 'await using' && (asynchronous || isAwaitExpression(wrapped(call).parent));
  if (disposable === 'await using' && !awaitIsAllowed(statement, ctx.file.allowsTopLevelAwait)) return undefined;
  // Disposing takes place at the end of the block: whoever has it behind that would get it closed.
  if (uses.some(({ kind }) => kind === 'escape' || kind === 'argument' || kind === 'write')) return undefined;
  const closings = ends.map((end) => (end.kind === 'method' ? statementAround(end.call) : undefined));
  if (closings.some((closing) => !closing || !isExpressionStatement(closing) || closing.parent !== statement.parent))
    return undefined;
  const start = declarationList.getStart();
  const keyword = /^(?:const|let|var)/.exec(declarationList.getText())?.[0] ?? '';
  const word = isAsync ? 'await using' : disposable;
  return ctx.fix.choice(
    `Declare it with \`${word}\``,
    ctx.fix.replace({ start, end: start + keyword.length }, word),
    closings.map((closing) => ctx.fix.remove(lineOf(closing as Node, ctx.file.text))),
  );
}

/** The line of a statement, where it has one for itself. */
function lineOf(statement: Node, text: string): { readonly start: number; readonly end: number } {
  const start = statement.getStart();
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end);
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(statement.end, lineEnd).trim() === '';
  return isAlone && lineEnd >= 0 ? { start: lineStart, end: lineEnd + 1 } : { start, end: statement.end };
}

function inFinally(
  { variable, written }: Extract<Holder, { readonly kind: 'variable' }>,
  { methods, asynchronous, disposable }: Resource,
  ends: readonly HeldUse[],
  ctx: RuleContext,
): Fix | undefined {
  const opening = statementAround(written);
  if (!opening) return undefined;
  const [end, ...others] = ends;
  if (end) {
    const closing = end.kind === 'method' && others.length === 0 ? statementAround(end.call) : undefined;
    if (!closing || !isExpressionStatement(closing) || !isSameFunction(closing, opening)) return undefined;
    const edits = ctx.fix.moveToFinally(opening, closing);
    return edits && ctx.fix.choice('Close it in `finally`', edits);
  }
  const [method] = methods;
  const name = variable.text;
  const call = method
    ? `${name}.${method}()`
    : disposable && `${name}[Symbol.${disposable === 'using' ? 'dispose' : 'asyncDispose'}]()`;
  const list = listAround(opening);
  const behind = list?.slice(list.indexOf(opening) + 1) ?? [];
  if (!call || behind.length === 0 || !isVariableStatement(opening) || isWithin(opening, variable)) return undefined;
  if (asynchronous && !awaitIsAllowed(opening, ctx.file.allowsTopLevelAwait)) return undefined;
  const edits = ctx.fix.wrapInTryFinally(behind, `${asynchronous ? 'await ' : ''}${call}`);
  return edits && ctx.fix.choice('Close it in `finally`', edits);
}

function isSameFunction(a: Node, b: Node): boolean {
  return enclosingFunction(a) === enclosingFunction(b);
}

function statementAround(node: Node): Node | undefined {
  for (let at = node; at.parent; at = at.parent) {
    if (isExpressionStatement(at) || isVariableStatement(at)) return at;
    if (isFunctionNode(at)) return undefined;
  }
  return undefined;
}
