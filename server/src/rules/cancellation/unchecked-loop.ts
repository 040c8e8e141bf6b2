import { atTop } from '../../engine/abort-fixes.ts';
import { fileStyle } from '../../engine/fixing/file-style.ts';
import type { ScopedSignal } from '../../facts/cancellation/signal-scope.ts';
import { isAside, worksOnAfterAbort } from '../../facts/cancellation/signal-work.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type DoStatement,
  enclosingFunction,
  type ForOfStatement,
  type ForStatement,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isDoStatement,
  isForOfStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isWhileStatement,
  type Node,
  spanOf,
  unwrap,
  type WhileStatement,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  unchecked: {
    text: 'This loop waits in every round and never looks at `{signal}`',
    why: 'After an abort it goes on to its last element. Each round takes its time, and whoever aborted waits for all of them.',
    help: 'Call `throwIfAborted` at the head of the loop, or pass the signal to what is awaited.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;
type Loop = ForStatement | ForOfStatement | WhileStatement | DoStatement;

export const uncheckedLoop = defineRule({
  id: 'unchecked-loop',
  family: 'cancellation',
  principle: 4,
  summary: 'A loop with waits in it never looks at the signal of its function',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    ForStatement: check,
    ForOfStatement: check,
    WhileStatement: check,
    DoStatement: check,
  },
});

function check(loop: Loop, ctx: Context): Promise<void> | undefined {
  if (isAside(ctx.file) || !enclosingFunction(loop) || isShort(loop)) return undefined;
  const wait = firstWait(loop);
  if (hasWaitingLoop(loop)) return undefined;
  return wait && !isRead(wait) && !mentionsSignal(loop) && !isAskedAround(loop) ? judge(loop, wait, ctx) : undefined;
}

/** Whether a loop around this one asks in its rounds: this one goes through a page, or a part. */
function isAskedAround(loop: Loop): boolean {
  for (let at: Node | undefined = loop.parent; at && !isFunctionNode(at); at = at.parent)
    if (isLoop(at) && mentionsSignal(at as Loop)) return true;
  return false;
}

async function judge(loop: Loop, wait: Node, ctx: Context): Promise<void> {
  const signals = await ctx.facts.cancellation.signalsAt(loop);
  const signal = signals.find(isForThisCall);
  if (!signal || passesWhole(loop, signal) || worksOnAfterAbort(loop) !== undefined) return;
  const isOver = isForOfStatement(loop) && loop.awaitModifier !== undefined;
  if (isOver && isBoundToSignal(loop.expression, signal))
    return ctx.silent(loop, 'what it iterates was given the signal');
  const start = loop.getStart();
  const keyword = /^\w+/.exec(loop.getText())?.[0].length ?? 1;
  ctx.report(
    'unchecked',
    { start, end: start + keyword },
    {
      data: { signal: signal.text },
      related: [{ file: ctx.file.path, span: spanOf(wait), message: 'waits here' }],
      fixes: () => [checking(loop, signal, ctx)],
    },
  );
}

/** A signal that this very function is given; that of a context or an object is there for all that they do. */
function isForThisCall({ from, name }: ScopedSignal): boolean {
  if (from === 'field' || from === 'own') return false;
  return from !== 'member' || /^(?:\w*options|opts|init|params|args)$/i.test(name.getText());
}

/** The first `await` in each round. What `for await` iterates may end by the signal itself. */
function firstWait(loop: Loop): Node | undefined {
  let found: Node | undefined;
  const look = (node: Node): void => {
    // A loop in the loop is asked by itself.
    if (found || isFunctionNode(node) || isLoop(node)) return;
    if (isAwaitExpression(node)) found = node;
    else node.forEachChild(look);
  };
  look(loop.statement);
  return found;
}

/** A loop inside that waits in its own rounds runs more often than this one: that is where to ask. */
function hasWaitingLoop(loop: Loop): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (found || isFunctionNode(node)) return;
    const wait = isLoop(node) && !isShort(node as Loop) ? firstWait(node as Loop) : undefined;
    if (wait && !isRead(wait)) found = true;
    else node.forEachChild(look);
  };
  look(loop.statement);
  return found;
}

/** `await reader.read()`: what is read may end by the signal itself. */
function isRead(wait: Node): boolean {
  return /^await [\w$.#?]*\.(?:read|next)\(\)$/.test(wait.getText());
}

function isLoop(node: Node): boolean {
  return isForOfStatement(node) || isForStatement(node) || isWhileStatement(node) || isDoStatement(node);
}

/** Whether anything in the loop speaks of a signal, a controller or an abort. */
function mentionsSignal(loop: Loop): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (isIdentifier(node) && /signal|abort|cancel|token|controller/i.test(node.text)) found = true;
    if (!found) node.forEachChild(look);
  };
  look(loop);
  return found;
}

/** A list that is written in place, or a count that is a small number. */
function isShort(loop: Loop): boolean {
  if (isForOfStatement(loop)) return isArrayLiteralExpression(unwrap(loop.expression));
  if (!isForStatement(loop) || !loop.condition) return false;
  const bound = /<=?\s*(\d+)\s*$/.exec(loop.condition.getText())?.[1];
  return bound !== undefined && Number(bound) <= fewRounds;
}

const fewRounds = 10;

/** Whether the object that the signal is a member of is used as a whole in the loop. */
function passesWhole(loop: Loop, { from, name }: ScopedSignal): boolean {
  return from === 'member' && new RegExp(`\\b${name.getText()}\\b(?!\\??\\.)`).test(loop.getText());
}

/** Whether the source of the elements was made with a signal: it ends by itself. */
function isBoundToSignal(source: Node, { name }: ScopedSignal): boolean {
  const at = unwrap(source);
  const root = /^[\w$]+/.exec((isCallExpression(at) ? unwrap(at.expression) : at).getText())?.[0];
  const fn = root === undefined ? undefined : enclosingFunction(source);
  const body = fn?.body?.getText() ?? '';
  const made = new RegExp(`\\b${root}\\b[^;=]*=(?!>)[^;]*\\b(?:signal|${name.getText()})\\b`, 'i').test(body);
  return made;
}

function checking(loop: Loop, { text, type, isOptional }: ScopedSignal, ctx: Context): Fix | undefined {
  const { statement } = loop;
  if (type !== 'AbortSignal' || !isBlock(statement)) return undefined;
  const { semicolon } = fileStyle(ctx.file.sourceFile);
  const check = `${text}${isOptional ? '?.' : '.'}throwIfAborted()${semicolon}`;
  return ctx.fix.choice(`Call \`throwIfAborted\` in every round`, atTop(statement, check, ctx));
}
