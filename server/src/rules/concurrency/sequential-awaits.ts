import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { saysOneByOne } from '../../facts/overlap/said-order.ts';
import { type FlagOption, flag, type RuleOption } from '../../model/rule.ts';
import { type AwaitExpression, enclosingFunction, lastName } from '../../typescript/ast.ts';
import { awaitKeyword } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { togetherFix } from './sequential-awaits/fixes.ts';
import { areLookups, type LateLookup, lateLookup, startEarly } from './sequential-awaits/lookups.ts';
import { isStartedBefore } from './sequential-awaits/started.ts';
import { needs, type Run, runFrom, type Wait } from './sequential-awaits/waits.ts';

const messages = {
  pair: {
    text: '`{first}` and `{second}` do not depend on each other: 2 waits become 1',
    why: 'The second call starts only when the first one has been answered. Started together, both take as long as the slower one.',
    help: 'Await them together with `Promise.all`.',
  },
  several: {
    text: '`{first}`, `{second}` and {more} more do not depend on each other: {count} waits become 1',
    why: 'Each call starts only when the one before has been answered. Started together, all take as long as the slowest.',
    help: 'Await them together with `Promise.all`.',
  },
  early: {
    text: '`{second}` needs nothing of `{first}` and could start before it: 2 waits become 1',
    why: 'Both only ask for something. What lies between them may end in an error at most, and then a question was asked for nothing.',
    help: 'Start it before the first wait, with a handler, and await it where it is needed.',
  },
} as const;

type Context = RuleContext<keyof typeof messages, Options>;

interface Options extends Readonly<Record<string, RuleOption>> {
  readonly cheap: FlagOption;
}

/**
 * Invariant: independence is proven. Both waits give a value that is used, neither needs the other's, what their functions
 * do is known or said by their names to be reading, and nothing with an effect stands between them.
 */
export const sequentialAwaits = defineRule({
  id: 'sequential-awaits',
  family: 'concurrency',
  principle: 5,
  summary: 'Calls that do not depend on each other are awaited one after another',
  preset: 'recommended',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {
    cheap: flag(
      false,
      'Report also waits that cost little: local files, and what by its name is at hand, such as settings and folders. On under `strict`.',
      'strict',
    ),
  },
  messages,
  on: {
    AwaitExpression(node, ctx) {
      if (ctx.file.isTest || !enclosingFunction(node)) return undefined;
      const run = runFrom(node, ctx.knowledge.effects);
      if (run) return check(node, run, ctx);
      const late = lateLookup(node);
      return late && checkLookup(node, late, ctx);
    },
  },
});

async function check(node: AwaitExpression, run: Run, ctx: Context): Promise<void> {
  // Nobody waits behind a test or a build script, where order reads better than speed.
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(node)) return;
  let group: Wait[] = [];
  for (const wait of run.waits) {
    const isFree =
      group.length > 0 &&
      !needs(wait, group, run) &&
      !saysOneByOne(wait.statement) &&
      !isStartedBefore(wait.operand, group[0]?.statement ?? wait.statement) &&
      (await isIndependent(wait, group, ctx));
    if (isFree) group.push(wait);
    else {
      report(group, run, ctx);
      group = [wait];
    }
  }
  report(group, run, ctx);
}

async function checkLookup(node: AwaitExpression, late: LateLookup, ctx: Context): Promise<void> {
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(node) || !(await areLookups(late, ctx))) return;
  ctx.report('early', awaitKeyword(node), {
    data: { first: lastName(late.firstCall) ?? '', second: lastName(late.call) ?? '' },
    related: [{ file: ctx.file.path, span: awaitKeyword(late.first), message: 'waits here before' }],
    fixes: () => [startEarly(late, ctx)],
  });
}

async function isIndependent(wait: Wait, group: readonly Wait[], ctx: Context): Promise<boolean> {
  const answers = await Promise.all(
    group.map((earlier) => ctx.facts.independence.between(earlier.operand, wait.operand, earlier.targets)),
  );
  const reason = answers.find((answer) => answer !== undefined);
  if (reason !== undefined) {
    ctx.silent(wait.node, reason);
    return false;
  }
  const lengths = await Promise.all([...group, wait].map(({ operand }) => ctx.facts.likelyLength(operand)));
  if (lengths.includes('microtask')) {
    ctx.silent(wait.node, 'one of the two waits for nothing but its turn');
    return false;
  }
  if (ctx.options.cheap || !(await isCheap([...group, wait], ctx))) return true;
  ctx.silent(wait.node, 'one of the two costs little');
  return false;
}

/** Whether one of the waits is short, so that there is little to gain: for local files, or for what is at hand. */
async function isCheap(waits: readonly Wait[], { facts, knowledge }: Context): Promise<boolean> {
  if (waits.some(({ operand }) => knowledge.effects.isAtHand(lastName(operand) ?? ''))) return true;
  const effects = await Promise.all(waits.map(({ operand }) => facts.independence.effectOf(operand)));
  return effects.some(({ onlyFiles }) => onlyFiles);
}

function report(group: readonly Wait[], run: Run, ctx: Context): void {
  const [first, second, ...others] = group;
  if (!first || !second) return;
  ctx.report(others.length > 0 ? 'several' : 'pair', awaitKeyword(second.node), {
    data: { first: first.name, second: second.name, more: String(others.length), count: String(group.length) },
    related: [first, ...others].map(({ node, name }) => ({
      file: ctx.file.path,
      span: awaitKeyword(node),
      message: `waits for \`${name}\``,
    })),
    fixes: () => [togetherFix(group, run, ctx)],
  });
}
