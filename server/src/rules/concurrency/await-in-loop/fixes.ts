import { accessAt } from '../../../facts/overlap/places.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isIdentifier,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isVariableDeclarationList,
  isWithin,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn, referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import type { WaitingLoop } from './loop.ts';
import type { Collector } from './state.ts';

/** Rounds that a limit lets run at a time, where nobody has said a number. */
const atOnce = 10;

/** What the rounds give: nothing, or one element each for a list. */
interface Rounds {
  /** The text before `await Promise.all(`, and what closes it. */
  readonly open: string;
  readonly close: string;
  /** The edits inside the body. */
  readonly inside: readonly TextEdit[];
  /** The whole body where it is no more than one call. */
  readonly call: Node | undefined;
}

/** All rounds at once, and at most so many at a time. */
export async function loopFixes(
  found: WaitingLoop,
  collectors: readonly Collector[],
  ctx: RuleContext,
): Promise<readonly (Fix | undefined)[]> {
  const { loop } = found;
  const variable = variableOf(loop);
  const rounds = roundsOf(found, collectors, ctx);
  if (variable === undefined || !rounds || isNarrowed(loop, collectors)) return [];
  const list = await listText(found, ctx);
  const limit = ['limit', 'limited', 'limitRounds'].find((name) => namesIn(ctx.file.sourceFile, name).length === 0);
  return [
    ctx.fix.choice(
      'Start all rounds at once with `Promise.all`',
      edits(found, rounds, list, `(${variable}) => `, '', ctx),
    ),
    limit === undefined ? undefined : limitedFix(found, rounds, list, variable, limit, ctx),
  ];
}

function limitedFix(
  found: WaitingLoop,
  rounds: Rounds,
  list: ListText,
  variable: string,
  limit: string,
  ctx: RuleContext,
): Fix {
  const imported = ctx.fix.importing('p-limit', 'default', 'pLimit');
  const { text } = ctx.file;
  const start = found.loop.getStart();
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  const semicolon = semicolonIn(text);
  const lead = `const ${limit} = ${imported.name}(${atOnce})${semicolon}\n${indent}`;
  return ctx.fix.choice(
    `Run at most ${atOnce} rounds at a time (needs the package \`p-limit\`)`,
    imported.edits,
    edits(found, rounds, list, `(${variable}) => ${limit}(() => `, ')', ctx, lead),
  );
}

interface ListText {
  readonly before: string;
  readonly after: string;
}

/** `xs.map(`, `Object.keys(o).map(`, or `Array.from(xs, ` where it is no array. */
async function listText({ loop, list }: WaitingLoop, { types }: RuleContext): Promise<ListText> {
  const text = list.getText();
  if (isForInStatement(loop)) return { before: `Object.keys(${text}).map(`, after: ')' };
  if ((await (await types.typeOf(list)).elements()) === undefined)
    return { before: `Array.from(${text}, `, after: ')' };
  return { before: `${isMemberBase(list) ? text : `(${text})`}.map(`, after: ')' };
}

function edits(
  { loop }: WaitingLoop,
  rounds: Rounds,
  list: ListText,
  before: string,
  after: string,
  ctx: RuleContext,
  lead = '',
): readonly TextEdit[] {
  const { statement } = loop;
  const close = `${after}${list.after})${rounds.close}${semicolonIn(ctx.file.text)}`;
  const open = `${lead}${rounds.open}await Promise.all(${list.before}`;
  if (rounds.call) return [ctx.fix.replace(loop, `${open}${before}${rounds.call.getText()}${close}`)];
  // A limit's callback is the async function itself.
  const isLimited = after !== '';
  const head = isLimited ? before.replace(/\(\) => $/, 'async () => ') : before.replace(/^/, 'async ');
  return [
    ctx.fix.replace({ start: loop.getStart(), end: statement.getStart() }, `${open}${head}`),
    ...rounds.inside,
    ctx.fix.insert(loop.end, close),
  ];
}

function roundsOf(found: WaitingLoop, collectors: readonly Collector[], ctx: RuleContext): Rounds | undefined {
  const { loop, continues } = found;
  const { statement } = loop;
  const [list, another] = collectors.filter(({ kind }) => kind === 'list');
  if (!list) {
    const inside = continues.map((node) => ctx.fix.replace(node, `return${semicolonIn(node.getText())}`));
    return isBlock(statement) ? { open: '', close: '', inside, call: undefined } : undefined;
  }
  // The list keeps the order of the rounds, so that each of them has to give exactly one element.
  const [use, more] = list.uses;
  if (another || more || !use || continues.length > 0) return undefined;
  const last = isBlock(statement) ? statement.statements.at(-1) : statement;
  const push = last && isExpressionStatement(last) ? unwrap(last.expression) : undefined;
  if (!last || !push || !isCallExpression(push) || !isWithin(use, push.expression)) return undefined;
  const [element, other] = push.arguments;
  if (!element || other || isSpreadElement(element)) return undefined;
  const awaited = unwrap(element);
  const given = isAwaitExpression(awaited) ? awaited.expression : element;
  const open = `${push.expression.getText()}(...(`;
  const isOnly = !isBlock(statement) || (statement.statements.length === 1 && !/\/[/*]/.test(statement.getText()));
  if (isOnly) return isAwaitExpression(awaited) ? { open, close: '))', inside: [], call: given } : undefined;
  const inside = [ctx.fix.replace(last, `return ${given.getText()}${semicolonIn(last.getText())}`)];
  return { open, close: '))', inside, call: undefined };
}

/** What `.map` can follow as it is. */
function isMemberBase(list: Node): boolean {
  return (
    isIdentifier(list) ||
    isPropertyAccessExpression(list) ||
    isElementAccessExpression(list) ||
    isCallExpression(list) ||
    isParenthesizedExpression(list) ||
    list.kind === SyntaxKind.ThisKeyword
  );
}

/** The loop's variable as a parameter; undefined where it belongs to more than the round. */
function variableOf(loop: WaitingLoop['loop']): string | undefined {
  if (!isForOfStatement(loop) && !isForInStatement(loop)) return undefined;
  const { initializer } = loop;
  if (!isVariableDeclarationList(initializer) || (initializer.flags & NodeFlags.BlockScoped) === 0) return undefined;
  return initializer.declarations[0]?.name.getText();
}

/** Whether the body uses a variable that is assigned more than once: what is known of its type would not hold in a function. */
function isNarrowed(loop: WaitingLoop['loop'], collectors: readonly Collector[]): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (isIdentifier(node)) {
      const declared = declarationName(node);
      const isOutside = declared !== undefined && !isWithin(declared, loop);
      if (isOutside && !collectors.some((collector) => collector.declared === declared))
        found ||= referencesTo(declared).some((use) => accessAt(use) === 'write' && isPlainName(use));
    }
    node.forEachChild(visit);
  };
  visit(loop.statement);
  return found;
}

function isPlainName(use: Node): boolean {
  return (use.parent as { readonly expression?: Node }).expression !== use;
}

/** `;` in files and statements that end with one. */
function semicolonIn(text: string): string {
  return /;\s*$/m.test(text) ? ';' : '';
}
