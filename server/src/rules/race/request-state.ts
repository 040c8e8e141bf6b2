import { type Access, accessesOf } from '../../facts/shared/accesses.ts';
import { accessesWithin } from '../../facts/shared/helpers.ts';
import { interleavingOf } from '../../facts/shared/interleaving.ts';
import { isWithinPlace } from '../../facts/shared/places.ts';
import { stepsOfAccess } from '../../facts/shared/steps.ts';
import { ownTouches } from '../../facts/shared/touches.ts';
import {
  type BinaryExpression,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { isOfRequest, requestParameter } from './request-state/request.ts';

export const requestState = defineRule({
  id: 'request-state',
  family: 'race',
  principle: 3,
  summary: 'What belongs to one request is kept where all requests see it, and read again after a wait',
  preset: 'preview',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    shared: {
      text: '`{state}` is set for one request and read after a wait: it may be of another one by then',
      why: 'All requests share it. While this one waits, the next one sets it to its own, and this one goes on with what belongs to somebody else.',
      help: 'Keep it in a local variable, or in an `AsyncLocalStorage` where functions further down need it.',
    },
  },
  on: {
    BinaryExpression(assignment, ctx) {
      return assignment.operatorToken.kind === SyntaxKind.EqualsToken && !ctx.file.isTest
        ? check(assignment, ctx)
        : undefined;
    },
  },
});

type Context = RuleContext<'shared'>;

/** `await begin()`: what each request gets for itself. */
function isMadeForIt(value: Node): boolean {
  const at = unwrap(value);
  return isAwaitExpression(at) && isCallExpression(unwrap(at.expression));
}

function check({ left, right }: BinaryExpression, ctx: Context): Promise<void> | undefined {
  const target = unwrap(left);
  if (!isIdentifier(target) && !isPropertyAccessExpression(target)) return undefined;
  const fn = enclosingFunction(target);
  const parameter = fn && isAsyncFunction(fn) ? requestParameter(fn) : undefined;
  if (!fn || !parameter || !(isOfRequest(right, parameter) || isMadeForIt(right))) return undefined;
  const write = accessesOf(fn).find(({ node, access }) => node === target && access === 'write');
  if (write?.place.kind !== 'module' && write?.place.kind !== 'field') return undefined;
  if (isSetOnce(write, fn, ctx)) return undefined;
  const read = readAfterWait(write, fn, ctx);
  return read ? report(write, read, fn, ctx) : checkCalled(write, fn, ctx);
}

/** Whether a look at the state decides whether it is set: `if (this.target) return; this.target = request.target;`. */
function isSetOnce(write: Access, fn: FunctionNode, ctx: Context): boolean {
  const graph = ctx.flow.graphOf(fn);
  const before = ctx.flow.stepsBefore(stepsOfAccess(write, graph));
  const looks = accessesOf(fn).filter(({ access, place }) => access === 'read' && place.key === write.place.key);
  return looks.some((look) => stepsOfAccess(look, graph).some((step) => before.has(step)));
}

/** As `check`, for functions that are called behind a wait and read what was written. */
async function checkCalled(write: Access, fn: FunctionNode, ctx: Context): Promise<void> {
  const graph = ctx.flow.graphOf(fn);
  const from = stepsOfAccess(write, graph);
  const name = lastName(write.node);
  const calls = [...ctx.flow.stepsAfter(from)].flatMap((step) => {
    const wait = isCallExpression(step.node) ? ctx.flow.suspensionsBetween(from, [step])[0] : undefined;
    return wait && step.kind === 'call' ? [{ call: step.node as CallExpression, wait: wait.node }] : [];
  });
  for (const { call, wait } of calls) {
    const functions = await ctx.facts.calledFunctions(call);
    const reads = functions.flatMap(ownTouches).filter((touch) => touch.access === 'read' && touch.name === name);
    if (reads.some(({ of }) => of === write.place.kind)) return report(write, { node: call.expression, wait }, fn, ctx);
  }
}

/** A read of what was written, behind a wait, with nothing written between the two. */
function readAfterWait(
  write: Access,
  fn: FunctionNode,
  ctx: Context,
): { readonly node: Node; readonly wait: Node } | undefined {
  const graph = ctx.flow.graphOf(fn);
  const own = accessesWithin(fn).filter(({ place }) => isWithinPlace(place, write.place));
  const writes = new Set(own.filter(({ access }) => access === 'write').flatMap((one) => stepsOfAccess(one, graph)));
  const from = stepsOfAccess(write, graph);
  for (const read of own) {
    if (read.access !== 'read' || isCompared(read.node)) continue;
    const steps = stepsOfAccess(read, graph);
    // A helper that reads it behind a wait of its own reads it late in any case.
    const isLate = read.through?.isLate === true && [...ctx.flow.stepsAfter(from)].some((step) => steps.includes(step));
    const wait = isLate ? steps[0] : ctx.flow.suspensionsBetween(from, steps, { without: writes })[0];
    if (wait) return { node: read.node, wait: wait.node };
  }
  return undefined;
}

/** `this.current !== current` asks whether another request has come meanwhile. */
function isCompared(read: Node): boolean {
  const { parent } = wrapped(read);
  return isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText());
}

async function report(
  write: Access,
  { node, wait }: { readonly node: Node; readonly wait: Node },
  fn: FunctionNode,
  ctx: Context,
): Promise<void> {
  const concurrency = await ctx.facts.shared.concurrencyOf(fn);
  if (!concurrency) return ctx.silent(node, 'nothing shows that two requests run at once');
  const state = write.place.text;
  const file = ctx.file.path;
  ctx.report('shared', node, {
    data: { state },
    related: [
      { file, span: spanOf(write.node), message: '1 set for this request' },
      { file, span: spanOf(wait), message: '2 waits: the next request sets it' },
    ],
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: [
        { task: 0, kind: 'writes', at: write.node, text: `sets \`${state}\`` },
        { task: 0, kind: 'suspends', at: wait, text: 'waits' },
        { task: 1, kind: 'writes', at: write.node, text: `sets \`${state}\`` },
        { task: 0, kind: 'reads', at: node, text: `reads \`${state}\``, note: 'what the other one set' },
      ],
      outcome: 'the first one goes on with what belongs to the second',
    }),
  });
}
