import type { Loop } from '../../facts/blocking/busy-wait.ts';
import { awaitsOf, looksIntoCollection, type OutsideEnd, otherCalls, outsideEnd } from '../../facts/loop-exits.ts';
import { returnedExpressions } from '../../facts/promises/outcome.ts';
import {
  type AwaitExpression,
  type CallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const pollingWait = defineRule({
  id: 'polling-wait',
  family: 'blocking',
  principle: 2,
  summary: 'A loop sleeps and looks again until a flag of the same process has changed',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    polled: {
      text: 'This loop looks at `{flag}` again and again until it has changed',
      why: 'The code that changes `{flag}` runs in the same process and could say so. Until the next look, time is lost; and if the change never comes, the loop never ends and nobody is told.',
      help: 'Await a promise that the change resolves: `Promise.withResolvers()`, `once` of `node:events`, or the promise of the work itself.',
    },
  },
  on: {
    WhileStatement: checkLoop,
    DoStatement: checkLoop,
    ForStatement: checkLoop,
  },
});

type Context = RuleContext<'polled'>;

function checkLoop(loop: Loop, ctx: Context): Promise<void> | undefined {
  const awaits = awaitsOf(loop);
  if (!awaits || awaits.length === 0) return undefined;
  const end = outsideEnd(loop);
  if (!end || end.flags.length + end.asked.length === 0) return undefined;
  // Whatever else the loop calls may bring the change about, or look for it outside.
  const others = otherCalls(loop, awaits).filter(
    (call) => !ctx.knowledge.promises.isLogging(lastName(call)) && !end.asked.includes(call),
  );
  return others.length > 0 ? undefined : checkWait(end, awaits, ctx);
}

async function checkWait(end: OutsideEnd, awaits: readonly AwaitExpression[], ctx: Context): Promise<void> {
  const lengths = await Promise.all(awaits.map(({ expression }) => ctx.facts.suspensionLength(expression)));
  if (lengths.some((length) => length !== 'sleep')) return;
  const looks = await Promise.all(end.asked.map((call) => isOnlyLook(call, ctx)));
  if (!looks.every(Boolean)) return;
  const flag = end.flags.find((node) => lastName(node) !== undefined) ?? end.asked[0];
  if (!flag || (await comesFromOutside(end, ctx))) return;
  ctx.report('polled', flag, { data: { flag: flag.getText() } });
}

/** Whether a function of the project only reads a variable or a field: `isReady() { return this.ready; }`. */
async function isOnlyLook(call: CallExpression, ctx: Context): Promise<boolean> {
  if (call.arguments.length > 0) return looksIntoCollection(call, ctx.types);
  const functions = await ctx.types.functionsOf((call as Node & { readonly expression: Node }).expression);
  return (
    functions.length > 0 &&
    functions.every((fn) => {
      const results = returnedExpressions(fn);
      return results.length === 1 && results.every(isLook);
    })
  );
}

function isLook(expression: Node): boolean {
  const at = unwrap(expression);
  if (isPropertyAccessExpression(at)) return isLook(at.expression);
  if (isIdentifier(at) || at.kind === SyntaxKind.ThisKeyword) return true;
  const { left, right, operand } = at as Node & Record<'left' | 'right' | 'operand', Node | undefined>;
  if (at.kind === SyntaxKind.PrefixUnaryExpression) return operand !== undefined && isLook(operand);
  if (at.kind === SyntaxKind.BinaryExpression)
    return [left, right].every((side) => side && (isLook(side) || isValue(side)));
  return false;
}

function isValue(node: Node): boolean {
  const { kind } = unwrap(node);
  return (
    (SyntaxKind.FirstLiteralToken <= kind && kind <= SyntaxKind.LastLiteralToken) || kind === SyntaxKind.NullKeyword
  );
}

/** Objects of the language and of the browser change with the world: `document.readyState`, `navigator.onLine`. */
async function comesFromOutside({ flags }: OutsideEnd, ctx: Context): Promise<boolean> {
  const origins = await Promise.all(flags.map((flag) => ctx.types.origins(flag)));
  return origins
    .flat()
    .some(({ module, path }) => module === 'global' && path.length > 1 && !containers.has(path[0] ?? ''));
}

const containers = new Set(['Array', 'ReadonlyArray', 'Map', 'ReadonlyMap', 'Set', 'ReadonlySet', 'String']);
