import { blocksOnPurpose } from '../../facts/blocking/blocking-places.ts';
import type { Access } from '../../facts/shared/accesses.ts';
import type { Concurrency } from '../../facts/shared/concurrency.ts';
import { interleavingOf, numbered, waitText } from '../../facts/shared/interleaving.ts';
import type { SharedIteration } from '../../facts/shared/iterations.ts';
import type { OtherWrite } from '../../facts/shared/other-writers.ts';
import { functionName } from '../../facts/uses.ts';
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type FunctionNode,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isWithin,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const sharedIteration = defineRule({
  id: 'shared-iteration',
  family: 'race',
  principle: 3,
  summary: 'A loop over a shared collection waits in its body, and something else changes the collection meanwhile',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    shifted: {
      text: '{writer} can move the elements of `{place}` while this loop waits',
      why: 'Every `await` in the loop lets other tasks run. When one of them takes an element out or moves it, the loop skips an element or visits one twice.',
      help: 'Iterate over a copy.',
    },
    changed: {
      text: '{writer} can change `{place}` while this loop waits',
      why: 'Every `await` in the loop lets other tasks run. The loop also visits what they put in, and leaves out what they took away.',
      help: 'Iterate over a copy where the loop is about what was there when it began.',
    },
  },
  on: {
    FunctionDeclaration: checkFunction,
    FunctionExpression: checkFunction,
    ArrowFunction: checkFunction,
    MethodDeclaration: checkFunction,
  },
});

type Context = RuleContext<'shifted' | 'changed'>;

function checkFunction(fn: FunctionNode, ctx: Context): Promise<void> | undefined {
  if (!isAsyncFunction(fn) || blocksOnPurpose(ctx.file.sourceFile)) return undefined;
  const iterations = ctx.facts.shared.iterations(fn).filter(({ place }) => place.kind !== 'parameter');
  return iterations.length === 0 ? undefined : checkAll(fn, iterations, ctx);
}

async function checkAll(fn: FunctionNode, iterations: readonly SharedIteration[], ctx: Context): Promise<void> {
  for (const iteration of iterations) await check(fn, iteration, ctx);
}

async function check(fn: FunctionNode, iteration: SharedIteration, ctx: Context): Promise<void> {
  const { place, iterated, suspension } = iteration;
  const others = await ctx.facts.shared.writersAnywhere(
    place,
    fn,
    (write, writer) =>
      changesContent(write, iteration) &&
      writer !== fn &&
      !isWithin(writer, iteration.loop) &&
      !ctx.facts.shared.isHelperOf(writer, fn),
  );
  const shifting = others.filter(({ write }) => shifts(write));
  const found = await firstConcurrent(shifting.length > 0 ? shifting : others, ctx);
  if (!found) {
    if (others.length > 0) ctx.silent(iterated, `nothing shows that what changes \`${place.text}\` can run meanwhile`);
    return;
  }
  const { other, concurrency } = found;
  const isShifting = shifts(other.write);
  // Elements that are appended are visited too, which is what an index loop asks for anew in every round.
  if (!isShifting && iteration.form === 'index') return;
  if (!isShifting && isClearedBehind(iteration))
    return ctx.silent(iterated, 'what comes in is visited too, and then all is taken out');
  const name = functionName(other.fn)?.text;
  const writer = name === undefined ? 'another function' : `\`${name}\``;
  // Editing what changes the collection changes this finding.
  ctx.dependsOn(other.fn.getSourceFile().fileName);
  const at = targetOf(other.write.node);
  const file = ctx.file.path;
  const waits = suspension.node;
  ctx.report(isShifting ? 'shifted' : 'changed', iterated, {
    data: { writer: name === undefined ? 'Another function' : writer, place: place.text },
    ...(!isShifting && { severity: 'information' as const }),
    related: numbered([
      { at: iterated, text: `takes an element of \`${place.text}\``, file },
      { at: waits, text: 'waits here, and other tasks run', file },
      { at, text: `${writer} changes \`${place.text}\``, file },
      { at: iterated, text: 'takes the next element of what is there now', file },
    ]),
    interleaving: interleavingOf({
      fn,
      other: other.fn,
      concurrency,
      events: [
        { task: 0, kind: 'reads', at: iterated, text: `takes an element of \`${place.text}\`` },
        { task: 0, kind: 'suspends', at: waits, text: waitText(waits) },
        { task: 1, kind: 'writes', at, text: `changes \`${place.text}\`` },
        { task: 0, kind: 'resumes', at: waits, text: 'goes on' },
        {
          task: 0,
          kind: 'reads',
          at: iterated,
          text: `takes the next element of \`${place.text}\``,
          note: isShifting
            ? 'one element is skipped, or comes again'
            : 'it is not the collection that the loop began with',
        },
      ],
      outcome: isShifting ? 'an element is skipped, or visited twice' : 'the loop visits what came in after it began',
    }),
    fixes: () => [copyFix(iteration, ctx)],
  });
}

/** `for (const socket of this.sockets) await socket.close(); this.sockets.clear();` */
function isClearedBehind({ loop, place }: SharedIteration): boolean {
  if (!isBlock(loop.parent)) return false;
  const statements: readonly Node[] = loop.parent.statements;
  const next = statements[statements.indexOf(loop) + 1];
  return next !== undefined && /^(.*)\.clear\(\);?$/s.exec(next.getText())?.[1] === place.text;
}

async function firstConcurrent(
  others: readonly OtherWrite[],
  ctx: Context,
): Promise<{ readonly other: OtherWrite; readonly concurrency: Concurrency } | undefined> {
  for (const other of others.slice(0, mostWriters)) {
    const concurrency = await ctx.facts.shared.concurrencyOf(other.fn);
    if (concurrency) return { other, concurrency };
  }
  return undefined;
}

const mostWriters = 6;

/** Whether a write changes which elements there are. A new collection in the same place is none of the loop's. */
function changesContent(write: Access, { form }: SharedIteration): boolean {
  const { how, method } = write;
  if (how !== 'method' || method === undefined) return false;
  // Taking something out of a map or a set while it is iterated is safe: the loop leaves out what is gone.
  return shifts(write) || collections.adds(method) || (form === 'index' && method !== 'delete');
}

/** Methods of arrays after which the elements have other positions. */
function shifts({ method, through }: Access): boolean {
  // A helper may be asked to put something at the end.
  return method !== undefined && !through && /^(?:splice|shift|unshift|sort|reverse|copyWithin)$/.test(method);
}

function copyFix({ iterated, form }: SharedIteration, ctx: Context): Fix | undefined {
  if (form === 'index') return undefined;
  return ctx.fix.choice('Iterate over a copy', ctx.fix.before(iterated, '[...'), ctx.fix.after(iterated, ']'));
}

/** What names a write: the target, or the method that changes something. */
function targetOf(write: Node): Node {
  return isCallExpression(write) ? unwrap(write.expression) : write;
}
