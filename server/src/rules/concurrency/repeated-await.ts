import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { type RepeatedWait, repeatedWait } from '../../facts/overlap/repeated-wait.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { type AwaitExpression, enclosingFunction, lastName, type Node, unwrap } from '../../typescript/ast.ts';
import { awaitKeyword } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { hoistFix } from './repeated-await/fixes.ts';

const messages = {
  repeated: {
    text: '`{call}` is waited for in every round, and gives the same in each: all waits become 1',
    why: 'Nothing that the call is given changes from round to round. The loop waits as often as it has rounds for one answer.',
    help: 'Wait for it once above the loop.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: speaks of calls that read and are given nothing of the round, in loops where nothing may change what they read. */
export const repeatedAwait = defineRule({
  id: 'repeated-await',
  family: 'concurrency',
  principle: 5,
  summary: 'A loop waits in every round for a call that does not depend on the round',
  preset: 'recommended',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    AwaitExpression(node, ctx) {
      if (ctx.file.isTest || !enclosingFunction(node)) return undefined;
      const found = repeatedWait(node);
      return found && check(node, found, ctx);
    },
  },
});

async function check(node: AwaitExpression, found: RepeatedWait, ctx: Context): Promise<void> {
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(node)) return;
  const { effects } = ctx.knowledge;
  const name = lastName(found.call) ?? '';
  const isWritten = found.call.arguments.length > 0 && found.call.arguments.every(isWrittenDown);
  if ((!isWritten && effects.varies(name)) || effects.waits(name))
    return ctx.silent(node, `\`${name}\` may give something else each time`);
  const { independence } = ctx.facts;
  const [own, length, others] = await Promise.all([
    independence.effectOf(found.call),
    ctx.facts.suspensionLength(found.call),
    Promise.all(found.others.map((other) => independence.effectOf(other))),
  ]);
  if (own.level !== 'plain' && own.level !== 'reads')
    return ctx.silent(node, `nobody can tell that \`${name}\` only reads`);
  if (own.uses.some(({ access }) => access === 'write'))
    return ctx.silent(node, `\`${name}\` writes what others may read`);
  if (length !== 'open') return ctx.silent(node, 'it waits for nothing but its turn');
  const shared = independence.singlesIn(unwrap(found.call))[0];
  if (shared !== undefined) return ctx.silent(node, `\`${shared}\` does one thing after another`);
  // A file that is written down by its name is none that the rounds write, as long as nothing is known to write files.
  const isFixed = own.onlyFiles && isWritten;
  if (!isFixed && effects.varies(name)) return ctx.silent(node, `\`${name}\` may give something else each time`);
  const writesFiles = /\b(?:write|append|rename|unlink|rm|copy|truncate|output|save)\w*\(/i.test(found.loop.getText());
  const change =
    isFixed && !writesFiles ? undefined : others.find(({ level }) => level === 'changes' || level === 'unknown');
  if (change && !effects.isSettled(name))
    return ctx.silent(node, 'something else in the loop may change what it gives');
  const written = others.find(({ uses }) =>
    uses.some(
      (use) => use.access !== 'read' && own.uses.some((read) => read.of === use.of && read.member === use.member),
    ),
  );
  if (written) return ctx.silent(node, 'something else in the loop writes what it reads');
  ctx.report('repeated', awaitKeyword(node), {
    data: { call: shortName(found.call).replaceAll('`', "'") },
    related: [
      {
        file: ctx.file.path,
        span: { start: found.loop.getStart(), end: found.loop.getStart() + 3 },
        message: 'in every round of this loop',
      },
    ],
    fixes: () => [hoistFix(found, ctx)],
  });
}

/** A text, or an object of such: nothing of it can be another value in the next round. */
function isWrittenDown(argument: Node): boolean {
  return /^(?:'[^']*'|"[^"]*"|`[^`$]*`|\{[\w\s:'",-]*\})$/.test(argument.getText());
}
