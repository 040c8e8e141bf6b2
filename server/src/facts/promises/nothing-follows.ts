/** Promises that end a listener: nothing comes behind them, and nobody waits for the listener. */
import { graphOf } from '../../flow/graph-of.ts';
import { stepsAfter } from '../../flow/reach.ts';
import { enclosingFunction, isCallExpression, lastName, type Node, wrapped } from '../../typescript/ast.ts';

/** Functions that call what they are given when something happens, and take no notice of what it gives back. */
const listening =
  /^(?:on|once|addListener|prependListener|addEventListener|setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|requestAnimationFrame)$/;

/** Whether a dropped promise is the last thing that a listener or a timer does, on every path behind it. */
export function endsListener(node: Node): boolean {
  const fn = enclosingFunction(node);
  if (!fn?.body) return false;
  const at = wrapped(fn);
  const { parent: call } = at;
  const isGiven = isCallExpression(call) && call.arguments.includes(at as never);
  if (!isGiven || !listening.test(lastName(call.expression) ?? '')) return false;
  const graph = graphOf(fn);
  const own = graph.stepsOf(node);
  const behind = [...stepsAfter(own)].filter((step) => !own.includes(step) && !step.isDead);
  return own.length > 0 && behind.every(({ kind }) => !does.has(kind));
}

const does: ReadonlySet<string> = new Set(['call', 'write', 'await', 'yield', 'iterate', 'dispose']);
