/** Ways to mend a race: wait first and read then, take everything out before the wait, share one promise, let one call run at a time. */
import type { CheckedWrite } from '../facts/shared/checked-writes.ts';
import type { Place } from '../facts/shared/places.ts';
import type { StaleWrite } from '../facts/shared/stale-writes.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  type AwaitExpression,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isReturnStatement,
  isShortCircuitOperator,
  isSourceFile,
  isSpreadElement,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';
import { referencesTo } from '../typescript/references.ts';
import { fileStyle, indentAt } from './fixing/file-style.ts';
import { freeName } from './fixing/names.ts';

export type FixTools = Pick<RuleContext, 'file' | 'fix' | 'types'>;

/** Moves what is awaited in front of the statement, so that reading and writing are in one turn. */
export function readAfterWaitFix({ read, write, kept }: StaleWrite, ctx: FixTools): Fix | undefined {
  const statement = statementOf(write.node);
  const { value } = write;
  if (!statement || !value) return undefined;
  if (kept) return readAgain(kept, read.node, value, ctx);
  const awaits = awaitsIn(value);
  const [first, ...others] = awaits;
  if (!first || others.length > 0 || isConditional(first, value)) return undefined;
  const name = freeName(ctx.file.sourceFile, 'awaited');
  const { eol, end, indent } = layout(statement, ctx);
  return ctx.fix.choice(
    'Wait first, and read the old value after it',
    ctx.fix.before(statement, `const ${name} = ${first.getText()}${end}${eol}${indent}`),
    ctx.fix.replace(outer(first), name),
  );
}

/** `const before = this.count; …; this.count = before + 1` → `this.count = this.count + 1`. */
function readAgain(kept: Node & { readonly text: string }, read: Node, value: Node, ctx: FixTools): Fix | undefined {
  const declaration = kept.parent;
  if (!isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  // A wait in the same expression would come behind the new reading.
  if (awaitsIn(value).length > 0) return undefined;
  const made = declaration.initializer;
  const uses = isIdentifier(kept) ? referencesTo(kept) : [];
  const written = uses.filter((use) => value.pos <= use.pos && use.end <= value.end);
  // Where the old value was also saved, returned or compared, a newer one beside it would only hide the race.
  if (written.length === 0 || written.length < uses.length || awaitsIn(made).length > 0) return undefined;
  const list = declaration.parent as Node & { readonly declarations: readonly Node[] };
  const statement = list.parent;
  return ctx.fix.choice(
    'Read the value again after the wait',
    written.map((use) => {
      const isWhole = unwrap(made) === read || unwrap(value) === use;
      return ctx.fix.replace(use, isWhole ? made.getText() : `(${made.getText()})`);
    }),
    list.declarations.length === 1 && isBlock(statement.parent) ? [withLine(statement, ctx)] : [],
  );
}

/** Keeps everything in a local variable and clears the state in the same turn, before the wait. */
export function takeOutFix({ read, write, kept, window }: StaleWrite, ctx: FixTools): Fix | undefined {
  const clearing = statementOf(write.node);
  const waiting = statementAround(window.suspension.node);
  if (!clearing || !waiting || clearing.parent !== waiting.parent) return undefined;
  const title = 'Take everything out before the wait';
  const { eol, end, indent } = layout(waiting, ctx);
  if (kept) {
    const declaration = statementAround(kept);
    if (!declaration || declaration.parent !== clearing.parent) return undefined;
    return ctx.fix.choice(
      title,
      ctx.fix.after(declaration, `${eol}${indent}${clearing.getText()}`),
      withLine(clearing, ctx),
    );
  }
  const taken = write.how === 'assign' ? read.node : copyAround(read.node);
  if (!taken) return undefined;
  const name = freeName(ctx.file.sourceFile, 'batch');
  return ctx.fix.choice(
    title,
    ctx.fix.before(
      waiting,
      `const ${name} = ${taken.getText()}${end}${eol}${indent}${clearing.getText()}${eol}${indent}`,
    ),
    ctx.fix.replace(taken, name),
    withLine(clearing, ctx),
  );
}

/** `[...this.seen]` around `this.seen`. */
function copyAround(read: Node): Node | undefined {
  const { parent } = read;
  return isSpreadElement(parent) && isArrayLiteralExpression(parent.parent) ? parent.parent : undefined;
}

/** Keeps the promise of the work while it runs, so that a second call waits for it instead of starting another. */
export async function storePromiseFix({ write, window }: CheckedWrite, ctx: FixTools): Promise<Fix | undefined> {
  const awaiting = window.suspension.node;
  if (write.through || write.how === 'method' || !isAwaitExpression(awaiting)) return undefined;
  const work = unwrap(awaiting.expression);
  const holder = await holderOf(write.place, write.node, ctx);
  if (!holder || !isCallExpression(work)) return undefined;
  const { extent, isPromise } = await ctx.types.thenability(work);
  if (extent !== 'all' || !isPromise) return undefined;
  const isResult = write.value !== undefined && isWithinNode(awaiting, write.value);
  // What follows the wait is still done by every call that shares it.
  if (!isResult && goesOn(write.node)) return undefined;
  const type = isResult ? holder.type : isExpressionStatement(wrapped(awaiting).parent) ? 'unknown' : undefined;
  if (type === undefined && !ctx.file.isJavaScript) return undefined;
  const { eol, end } = layout(holder.after, ctx);
  const indent = indentAt(ctx.file.text, awaiting.getStart());
  const step = fileStyle(ctx.file.sourceFile).indent;
  const { name } = holder;
  const forget = `.finally(() => {${eol}${indent}${step}${name} = undefined${end}${eol}${indent}})`;
  const declared = ctx.file.isJavaScript ? holder.plain : `${holder.head}: Promise<${type ?? ''}> | undefined`;
  return ctx.fix.choice(
    'Share one promise among the calls',
    ctx.fix.after(holder.after, `${eol}${indentAt(ctx.file.text, holder.after.getStart())}${declared}${end}`),
    ctx.fix.replace(awaiting.expression, `(${name} ??= ${work.getText()}${forget})`),
  );
}

/** Whether more work follows a statement in its function, other than giving an answer. */
function goesOn(node: Node): boolean {
  for (let at = node; at.parent && !isFunctionNode(at); at = at.parent) {
    const { parent } = at;
    if (!isBlock(parent)) continue;
    const after = parent.statements.slice(parent.statements.indexOf(at as (typeof parent.statements)[number]) + 1);
    if (after.some((statement) => !isReturnStatement(statement) || awaitsIn(statement).length > 0)) return true;
  }
  return false;
}

interface Holder {
  /** The declaration behind which another one finds its place. */
  readonly after: Node;
  /** How the new place is written where it is used, and where it is declared. */
  readonly name: string;
  readonly head: string;
  readonly plain: string;
  /** The type of the value without null and undefined, as it is written; undefined where it is not. */
  readonly type: string | undefined;
}

/** Where a promise can be kept beside a field or a variable. */
async function holderOf(place: Place, node: Node, ctx: FixTools): Promise<Holder | undefined> {
  const target = unwrap(node);
  const declarations = await ctx.types.declarationsOf(target);
  const [declaration] = declarations;
  if (!declaration || declaration.getSourceFile() !== ctx.file.sourceFile || declarations.length > 1) return undefined;
  if (isPropertyDeclaration(declaration) && isPropertyAccessExpression(target) && place.depth === 1) {
    const own = declaration.name.getText();
    const member = freeMember(declaration.parent, `${own}Promise`);
    const isHidden = own.startsWith('#');
    const isStatic = declaration.modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) === true;
    const modifiers = `${isHidden || ctx.file.isJavaScript ? '' : 'private '}${isStatic ? 'static ' : ''}`;
    const base = target.expression.getText();
    return {
      after: declaration,
      name: `${base}.${member}`,
      head: `${modifiers}${member}`,
      plain: `${isStatic ? 'static ' : ''}${member}`,
      type: withoutNothing(declaration.type),
    };
  }
  if (isVariableDeclaration(declaration) && isIdentifier(declaration.name)) {
    const statement = declaration.parent.parent;
    if (!isSourceFile(statement.parent) && !isBlock(statement.parent)) return undefined;
    const name = freeName(ctx.file.sourceFile, `${declaration.name.text}Promise`);
    return {
      after: statement,
      name,
      head: `let ${name}`,
      plain: `let ${name}`,
      type: withoutNothing(declaration.type),
    };
  }
  return undefined;
}

/** A name for a member that its class does not have yet. */
export function freeMember(owner: Node, name: string): string {
  const { members = [] } = owner as { readonly members?: readonly { readonly name?: Node }[] };
  const names = new Set(members.map((member) => member.name?.getText()));
  if (!names.has(name)) return name;
  for (let count = 2; ; count++) if (!names.has(`${name}${count}`)) return `${name}${count}`;
}

/** A written type without its `null` and `undefined`. */
function withoutNothing(type: Node | undefined): string | undefined {
  if (!type) return undefined;
  const { types } = type as { readonly types?: readonly Node[] };
  if (type.kind !== SyntaxKind.UnionType || !types) return type.getText();
  const left = types.map((one) => one.getText()).filter((text) => text !== 'undefined' && text !== 'null');
  return left.length > 0 ? left.join(' | ') : undefined;
}

/** The statement that is nothing but a write. */
function statementOf(write: Node): Node | undefined {
  let at = wrapped(write);
  if (isBinaryExpression(at.parent) && at.parent.left === at) at = wrapped(at.parent);
  return isExpressionStatement(at.parent) && isBlock(at.parent.parent) ? at.parent : undefined;
}

/** The statement of a block that a node is in. */
function statementAround(node: Node): Node | undefined {
  let at = node;
  while (at.parent && !isBlock(at.parent)) {
    if (isFunctionNode(at)) return undefined;
    at = at.parent;
  }
  return at.parent ? at : undefined;
}

/** Removes a statement with its line. */
function withLine(statement: Node, ctx: FixTools): TextEdit {
  const { text } = ctx.file;
  const start = text.lastIndexOf('\n', statement.getStart()) + 1;
  const isFirst = text.slice(start, statement.getStart()).trim() === '';
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end));
  if (!isFirst || !rest) return ctx.fix.remove(statement);
  return ctx.fix.remove({ start, end: statement.end + rest[0].length });
}

/** How the file is written at a node: line breaks, ends of statements, the indentation of its line. */
export function layout(
  node: Node,
  ctx: FixTools,
): { readonly eol: string; readonly end: string; readonly indent: string } {
  const style = fileStyle(ctx.file.sourceFile);
  return { eol: style.lineBreak, end: style.semicolon, indent: indentAt(ctx.file.text, node.getStart()) };
}

function awaitsIn(value: Node): readonly AwaitExpression[] {
  const found: AwaitExpression[] = [];
  const look = (node: Node): void => {
    if (isAwaitExpression(node)) found.push(node);
    node.forEachChild((child) => void (!isFunctionNode(child) && look(child)));
  };
  look(value);
  return found;
}

/** Whether an `await` may not come to run, so that it cannot be moved in front. */
function isConditional(node: Node, within: Node): boolean {
  for (let at = node; at !== within && at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.kind === SyntaxKind.ConditionalExpression && (parent as Node & { condition: Node }).condition !== at)
      return true;
    if (isBinaryExpression(parent) && parent.right === at && isShortCircuitOperator(parent.operatorToken.kind))
      return true;
    if ((parent as { readonly questionDotToken?: Node }).questionDotToken) return true;
  }
  return false;
}

/** An `await` with the parentheses that only it needed. */
function outer(node: Node): Node {
  const { parent } = node;
  return parent.kind === SyntaxKind.ParenthesizedExpression ? parent : node;
}

function isWithinNode(inner: Node, within: Node): boolean {
  return within.pos <= inner.pos && inner.end <= within.end;
}
