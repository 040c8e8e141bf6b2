import type { Interleaving } from '../../model/interleaving.ts';
import type { Location } from '../../model/span.ts';
import { calleeName, type Node, spanOf } from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Holding, holdingsIn, mayHoldTwice } from './lock-cycle/holdings.ts';
import { type Nested, nestedIn } from './lock-cycle/nested.ts';

export const lockCycle = defineRule({
  id: 'lock-cycle',
  family: 'race',
  principle: 6,
  summary: 'A lock is waited for while it is held, or two locks are taken in opposite orders',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    again: {
      text: '`{lock}` is waited for while it is held: this waits for itself',
      why: 'The lock does not know who holds it. The inner call waits until the outer one has released it, and the outer one waits for the inner call.',
      help: 'Split off the part that needs the lock to be held already, and call that inside.',
    },
    crossed: {
      text: '`{inner}` is taken inside `{outer}` here, and the other way round elsewhere',
      why: 'Two tasks that come at the same time get one lock each, and wait for the other one for ever.',
      help: 'Take the two locks in the same order everywhere.',
    },
  },
  on: {
    SourceFile(file, ctx) {
      return mayHoldTwice(file, ctx.knowledge.locks) ? check(ctx) : undefined;
    },
  },
});

type Context = RuleContext<'again' | 'crossed'>;

async function check(ctx: Context): Promise<void> {
  const holdings = await holdingsIn(ctx.file.sourceFile, ctx);
  const nested = await nestedIn(holdings, ctx);
  for (const { outer, inner, at } of nested) {
    if (outer.key !== inner.key) continue;
    ctx.report('again', nameNode(at), {
      data: { lock: outer.name },
      related: [
        place(outer.call, 'held from here', ctx),
        ...(at === inner.call ? [] : [place(inner.call, 'waited for here', ctx)]),
      ],
    });
  }
  for (const pair of nested) {
    const other = nested.find((one) => one.outer.key === pair.inner.key && one.inner.key === pair.outer.key);
    if (!other || pair.outer.key === pair.inner.key) continue;
    const { outer, inner, at } = pair;
    ctx.report('crossed', nameNode(at), {
      data: { outer: outer.name, inner: inner.name },
      related: [
        place(outer.call, `takes \`${outer.name}\` first`, ctx),
        place(other.at, `takes \`${outer.name}\` inside \`${inner.name}\``, ctx),
      ],
      interleaving: interleavingOf(pair, other, ctx),
    });
  }
}

function nameNode(node: Node): Node {
  const call = node as Holding['call'];
  return call.expression ? calleeName(call) : node;
}

function place(node: Node, message: string, ctx: Context): Location & { readonly message: string } {
  return { file: ctx.file.path, span: spanOf(nameNode(node)), message };
}

function interleavingOf(one: Nested, other: Nested, ctx: Context): Interleaving {
  const at = (node: Node): Location => ({ file: ctx.file.path, span: spanOf(nameNode(node)) });
  return {
    tasks: [
      { name: 'one task', ...at(one.outer.call) },
      { name: 'another task', ...at(other.outer.call) },
    ],
    steps: [
      { task: 0, kind: 'acquires', text: `takes \`${one.outer.name}\``, ...at(one.outer.call) },
      { task: 1, kind: 'acquires', text: `takes \`${other.outer.name}\``, ...at(other.outer.call) },
      { task: 0, kind: 'suspends', text: `waits for \`${nameOf(one.inner.call)}\``, ...at(one.at) },
      {
        task: 1,
        kind: 'suspends',
        text: `waits for \`${nameOf(other.inner.call)}\``,
        note: 'for ever',
        ...at(other.at),
      },
    ],
    outcome: 'each waits for what the other one holds',
    evidence: { text: 'nothing keeps the two from running at once' },
  };
}
