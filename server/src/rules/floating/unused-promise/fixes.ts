import { awaitFix } from '../../../engine/promise-fixes.ts';
import { shortName } from '../../../facts/promises/dropped-name.ts';
import type { KeptCall } from '../../../facts/promises/kept-promises.ts';
import type { StartedPromise } from '../../../facts/promises/started-promise.ts';
import type { Miss } from '../../../flow/paths.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  awaitIsAllowed,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIfStatement,
  isSourceFile,
  isVariableDeclaration,
  isVariableStatement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

type Fixes = readonly (Fix | undefined)[];

/** For a promise that nobody looks after anywhere. */
export async function lostFixes(kept: KeptCall, { kind, mayReject }: StartedPromise, ctx: RuleContext): Promise<Fixes> {
  const { value } = kept;
  if (kind === 'list') return [waitForAll(value, ctx)];
  return [
    await awaitFix(value, ctx),
    mayReject && isCallExpression(unwrap(value))
      ? ctx.fix.choice(`Log the rejection of \`${shortName(value)}\``, ctx.fix.catching(value))
      : undefined,
    kept.uses.length === 0 ? voidInstead(kept, ctx) : undefined,
  ];
}

function waitForAll(value: Node, ctx: RuleContext): Fix | undefined {
  if (!awaitIsAllowed(value, ctx.file.allowsTopLevelAwait)) return undefined;
  const title = `Wait for all of \`${shortName(value)}\``;
  return ctx.fix.choice(title, ctx.fix.before(value, 'await Promise.all('), ctx.fix.after(value, ')'));
}

/** `const saved = save();` → `void save();`. A comment between the two would be lost, so that there must be none. */
function voidInstead({ value, written }: KeptCall, ctx: RuleContext): Fix | undefined {
  const statement = singleDeclaration(written);
  if (!statement) return undefined;
  const head = { start: statement.getStart(), end: value.getStart() };
  if (/\/[/*]/.test(ctx.file.text.slice(head.start, head.end))) return undefined;
  return ctx.fix.choice(`Mark as deliberate: \`void ${shortName(value)}\``, ctx.fix.replace(head, 'void '));
}

/** For a promise that is looked after on other paths. */
export function missedFixes(kept: KeptCall, miss: Miss, ctx: RuleContext): Fixes {
  return [startLater(kept, miss, ctx), awaitBefore(kept, miss, ctx), logWhereItStarts(kept, ctx)];
}

/** Moves the declaration behind the conditions that do not need it, in front of the first statement that does. */
function startLater({ written, value, uses }: KeptCall, miss: Miss, ctx: RuleContext): Fix | undefined {
  const statement = singleDeclaration(written);
  if (!statement || (miss.how !== 'return' && miss.how !== 'throw')) return undefined;
  const siblings = statementsOf(statement.parent);
  const at = siblings?.indexOf(statement) ?? -1;
  const first = siblings?.findIndex((sibling) => uses.some(({ name }) => isWithin(name, sibling))) ?? -1;
  const exit = siblings?.findIndex((sibling) => isWithin(miss.at, sibling)) ?? -1;
  const target = siblings?.[first];
  if (at < 0 || exit <= at || first <= exit || !target || suspendsIn(value)) return undefined;
  const { text } = ctx.file;
  const lineStart = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end) + 1;
  const indent = text.slice(lineStart, statement.getStart());
  const isAlone = /^\s*$/.test(indent) && lineEnd > 0 && /^\s*$/.test(text.slice(statement.end, lineEnd));
  if (!isAlone || /\/[/*]/.test(statement.getFullText().slice(0, statement.getStart() - statement.pos)))
    return undefined;
  const own = text.slice(lineStart, lineEnd);
  const targetLine = text.lastIndexOf('\n', target.getStart() - 1) + 1;
  if (!/^\s*$/.test(text.slice(targetLine, target.getStart()))) return undefined;
  return ctx.fix.choice(
    `Start \`${written.text}\` only where it is needed`,
    ctx.fix.remove({ start: lineStart, end: lineEnd }),
    ctx.fix.insert(targetLine, own),
  );
}

function suspendsIn(value: Node): boolean {
  return /\bawait\b|\byield\b/.test(value.getText());
}

function awaitBefore({ written }: KeptCall, miss: Miss, ctx: RuleContext): Fix | undefined {
  const exit = exitStatement(miss);
  if (!exit || !awaitIsAllowed(exit, ctx.file.allowsTopLevelAwait)) return undefined;
  const word = miss.how === 'stopped' ? 'Await it before it is overwritten' : `Await it before this \`${miss.how}\``;
  const edits = before(exit, `await ${written.text};`, ctx);
  return edits && ctx.fix.choice(word, edits);
}

/** The statement with which the path leaves; none where the function just ends or a loop goes on. */
function exitStatement({ how, at }: Miss): Node | undefined {
  if (how === 'return' || how === 'throw')
    return at.kind === SyntaxKind.ReturnStatement || how === 'throw' ? at : undefined;
  if (how !== 'stopped') return undefined;
  const statement = at.parent.parent;
  return isExpressionStatement(statement) ? statement : undefined;
}

/** Puts a statement in front of another, with braces where there were none. */
function before(statement: Node, text: string, ctx: RuleContext): readonly TextEdit[] | undefined {
  const indent = indentOf(statement, ctx.file.text);
  if (statementsOf(statement.parent)) return [ctx.fix.insert(statement.getStart(), `${text}\n${indent}`)];
  if (!isIfStatement(statement.parent)) return undefined;
  return [ctx.fix.insert(statement.getStart(), `{ ${text} `), ctx.fix.insert(statement.end, ' }')];
}

function logWhereItStarts({ written }: KeptCall, ctx: RuleContext): Fix | undefined {
  const statement = singleDeclaration(written) ?? assignmentStatement(written);
  if (!statement) return undefined;
  const indent = indentOf(statement, ctx.file.text);
  const title = `Log the rejection of \`${written.text}\``;
  return ctx.fix.choice(title, ctx.fix.after(statement, `\n${indent}${written.text}.catch(console.error);`));
}

/** `const name = …;` with nothing else in it. */
function singleDeclaration(name: Node): Node | undefined {
  const list = isVariableDeclaration(name.parent) ? name.parent.parent : undefined;
  const statement = list?.parent;
  if (!statement || !isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.length === 1 ? statement : undefined;
}

function assignmentStatement(name: Node): Node | undefined {
  const statement = name.parent.parent;
  return isExpressionStatement(statement) && statementsOf(statement.parent) ? statement : undefined;
}

function statementsOf(parent: Node): readonly Node[] | undefined {
  if (isBlock(parent) || isSourceFile(parent)) return parent.statements;
  const isClause = parent.kind === SyntaxKind.CaseClause || parent.kind === SyntaxKind.DefaultClause;
  return isClause ? (parent as Node & { readonly statements: readonly Node[] }).statements : undefined;
}

function indentOf(statement: Node, text: string): string {
  const start = statement.getStart();
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
}
