import { endsSoon, isUnreferenced, timerCall, timerHolder } from '../../facts/lifetime/timers.ts';
import { functionName } from '../../facts/uses.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  type FunctionNode,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isTryStatement,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  endless: {
    text: 'Nothing can stop this loop: it has no way out and asks no signal',
    why: 'Once it is started it runs until the process ends, through tests and shutdown, on connections that have been closed meanwhile.',
    help: 'Take an `AbortSignal`, ask it in the condition, and pass it to what the loop waits for.',
  },
  rescheduled: {
    text: 'Nothing can stop `{name}`: it starts itself again, and nobody has the timer',
    why: 'Once it is called it runs until the process ends, and keeps the process from ending.',
    help: 'Keep the handle where something can clear it, or ask an `AbortSignal` before the next round.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;
type Loop = Node & { readonly statement: Node };

export const detachedLoop = defineRule({
  id: 'detached-loop',
  family: 'lifetime',
  principle: 6,
  summary: 'A background loop that nothing can stop',
  preset: 'preview',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    WhileStatement(loop, ctx) {
      return loop.expression.kind === SyntaxKind.TrueKeyword ? checkLoop(loop, ctx) : undefined;
    },
    ForStatement: (loop, ctx) => (loop.condition === undefined ? checkLoop(loop, ctx) : undefined),
    CallExpression: (call, ctx) => (lastName(call.expression) === 'setTimeout' ? checkTimer(call, ctx) : undefined),
  },
});

async function checkLoop(loop: Loop, ctx: Context): Promise<void> {
  const fn = enclosingFunction(loop);
  if (!fn || isGenerator(fn) || ctx.file.isTest || endsSoon(loop)) return;
  const awaits = awaitsIn(loop);
  if (awaits.length === 0 || leaves(loop)) return;
  // What may reject ends the loop with it, unless somebody in the loop catches that.
  const free = awaits.filter((node) => !isCaughtIn(node, loop));
  const isSafe = await Promise.all(
    free.map(async (node) => {
      if (!isAwaitExpression(node)) return false;
      // Nobody can end a sleep that is given no signal and that nobody keeps.
      const isSleep =
        !/signal/i.test(node.getText()) && (await ctx.facts.suspensionLength(node.expression)) === 'sleep';
      return isSleep || ctx.facts.neverRejects(node.expression);
    }),
  );
  if (isSafe.includes(false)) return ctx.silent(loop, 'it ends when what it waits for rejects');
  const start = loop.getStart();
  const length = loop.kind === SyntaxKind.WhileStatement ? 'while'.length : 'for'.length;
  ctx.report('endless', { start, end: start + length });
}

function awaitsIn(loop: Loop): readonly Node[] {
  const found: Node[] = [];
  walkBody(loop.statement, (node) => {
    if (isAwaitExpression(node)) found.push(node);
    return !isFunctionNode(node);
  });
  return found;
}

/** Whether anything written in a loop leaves it. */
function leaves(loop: Loop): boolean {
  let found = false;
  walkBody(loop.statement, (node) => {
    switch (node.kind) {
      case SyntaxKind.ReturnStatement:
      case SyntaxKind.BreakStatement:
        found = true;
        break;
      case SyntaxKind.ThrowStatement:
        found ||= !isCaughtIn(node, loop);
        break;
      case SyntaxKind.CallExpression:
        found ||= /\b(?:throwIfAborted|exit)$/.test((node as CallExpression).expression.getText());
        break;
    }
    return !found && !isFunctionNode(node);
  });
  return found;
}

/** Whether a `catch` in the loop goes on with the next round when this fails. */
function isCaughtIn(node: Node, loop: Loop): boolean {
  for (let at = node; at !== loop && at.parent; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return true;
  }
  return false;
}

/** `function poll() { …; setTimeout(poll, 1000); }`. */
function checkTimer(call: CallExpression, ctx: Context): void {
  const timer = timerCall(call);
  const fn = enclosingFunction(call);
  if (!timer || !fn || ctx.file.isTest || endsSoon(call) || isUnreferenced(timer)) return;
  const name = functionName(fn)?.text;
  const next = again(call);
  if (name === undefined || next !== name || timerHolder(timer).kind !== 'dropped' || !isUnconditional(call, fn))
    return;
  ctx.report('rescheduled', calleeName(call), { data: { name } });
}

/** The name of the function that a timer calls. */
function again(call: CallExpression): string | undefined {
  const [callback] = call.arguments;
  const at = callback && unwrap(callback);
  if (!at) return undefined;
  if (isIdentifier(at)) return at.text;
  if (!isFunctionNode(at) || !at.body) return lastName(at);
  const { body } = at;
  const only = isBlock(body) && body.statements.length === 1 ? body.statements[0] : body;
  const step = unwrap((only as { readonly expression?: Node } | undefined)?.expression ?? (only as Node));
  const called =
    step.kind === SyntaxKind.VoidExpression
      ? unwrap((step as unknown as { readonly expression: Node }).expression)
      : step;
  return isCallExpression(called) ? lastName(called.expression) : isBlock(body) ? undefined : lastName(called);
}

/** Whether every run comes to the timer: it stands in no branch, and nothing leaves the function before. */
function isUnconditional(call: Node, fn: FunctionNode): boolean {
  for (let at = call; at !== fn.body && at.parent; at = at.parent) {
    switch (at.parent.kind) {
      case SyntaxKind.IfStatement:
      case SyntaxKind.ConditionalExpression:
      case SyntaxKind.CaseClause:
      case SyntaxKind.CatchClause:
      case SyntaxKind.BinaryExpression:
        return false;
    }
  }
  let isLeft = false;
  if (fn.body)
    walkBody(fn.body, (node) => {
      isLeft ||= node.kind === SyntaxKind.ReturnStatement && node.pos < call.pos && !isWithin(call, node);
      return !isLeft && !isFunctionNode(node);
    });
  return !isLeft;
}
