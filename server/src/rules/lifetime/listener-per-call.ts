import { holderOf } from '../../facts/lifetime/held-values.ts';
import { effectAround, namesComponent, runsOnce } from '../../facts/lifetime/react-effects.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  type CallExpression,
  calleeName,
  isPropertyAccessExpression,
  lastName,
  type Node,
  spanOf,
  unwrap,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { isEmitter, isEndless, longLife } from './listener-per-call/emitters.ts';
import { abortedByEffect, listeningOnce } from './listener-per-call/fixes.ts';
import { forgottenSource } from './listener-per-call/forgotten.ts';
import { freshFunction, isRemoved, type Listening, listening } from './listener-per-call/listening.ts';
import { isRepeated } from './listener-per-call/repeated.ts';

const messages = {
  perCall: {
    text: 'Each {round} adds a listener to {emitter}, and none is ever removed',
    why: 'The emitter outlives this code. Its listeners pile up, each with all that it holds, and each of them runs at every event.',
    help: 'Listen once, remove the listener in `finally`, or give it a `signal` that is aborted at the end.',
  },
  effect: {
    text: 'This listener outlives its component: the effect does not remove it from {emitter}',
    why: 'When the component is gone, or the effect runs again, the listener of before is still called, with state that nobody shows any more.',
    help: 'Return a function from the effect that removes it.',
  },
  fresh: {
    text: 'This function has just been made, so `{method}` finds no such listener',
    why: 'A listener is removed by the very function that was added. An equal one that is written again, or made by `bind`, is another: the first stays for ever.',
    help: 'Keep the function in a variable or field, and give that to both calls.',
  },
  forgotten: {
    text: '{emitter} is still listened to after it has left {holder}: nobody can end that',
    why: 'It is taken out again elsewhere, and what this call returns to end the subscription is dropped. Added a second time, it has two listeners.',
    help: 'Keep what the call returns beside it, and dispose of it where it is taken out.',
  },
} as const;

export type Context = RuleContext<keyof typeof messages>;

/** Invariant: listeners for the abort of a signal are `abort-listener-leak`'s. */
export const listenerPerCall = defineRule({
  id: 'listener-per-call',
  family: 'lifetime',
  principle: 6,
  summary: 'A listener is added to a long-lived emitter time and again and never removed',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['biome:noInvalidRemoveEventListener', 'unicorn/no-invalid-remove-event-listener'],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      const callee = unwrap(call.expression);
      if (!isPropertyAccessExpression(callee)) return undefined;
      const name = callee.name.text;
      if (removers.has(name)) return checkRemoval(call, callee.expression, ctx);
      if (/^on[A-Z]/.test(name)) return checkSubscription(call, callee.expression, ctx);
      if (name === 'subscribe') return ctx.file.isTest ? undefined : checkEffect(call, callee.expression, ctx);
      const found = listening(call);
      return found && !endsSoon(call) && !ctx.file.isTest ? checkListening(found, ctx) : undefined;
    },
  },
});

const removers = new Set(['removeEventListener', 'removeListener', 'off']);

async function checkRemoval(call: CallExpression, receiver: Node, ctx: Context): Promise<void> {
  const fresh = ctx.file.isTest ? undefined : freshFunction(call);
  if (!fresh) return;
  const method = lastName(call.expression) ?? '';
  if (method !== 'removeEventListener' && !(await isEmitter(receiver, ctx))) return;
  ctx.report('fresh', fresh, { data: { method } });
}

/** `source.onDidChange(() => …)`, whose result is what ends it. */
async function checkSubscription(call: CallExpression, receiver: Node, ctx: Context): Promise<void> {
  if (ctx.file.isTest || endsSoon(call)) return;
  const found = forgottenSource(call, receiver);
  if (!found) return;
  const returned = await ctx.types.typeOf(call);
  // Where the type says nothing, the name is all there is: `onDidChange`, `onWillSave`.
  if (returned.isUnknown ? !/^onDid|^onWill/.test(lastName(call) ?? '') : !(await returned.property('dispose'))) return;
  ctx.report('forgotten', calleeName(call), {
    data: { emitter: `\`${shortName(receiver)}\``, holder: `\`${found.holder}\`` },
    related: [{ file: ctx.file.path, span: spanOf(found.removal), message: 'taken out here' }],
  });
}

/** `store.subscribe(…)` in an effect, whose result is what ends it. */
async function checkEffect(call: CallExpression, receiver: Node, ctx: Context): Promise<void> {
  if (holderOf(call).kind !== 'dropped' || !(await effectAround(call, ctx))) return;
  const returned = await ctx.types.typeOf(call);
  const [isFunction, unsubscribe, remove] = await Promise.all([
    returned.isCallable(),
    returned.property('unsubscribe'),
    returned.property('remove'),
  ]);
  if (!isFunction && !unsubscribe && !remove) return;
  ctx.report('effect', calleeName(call), { data: { emitter: `\`${shortName(receiver)}\`` } });
}

async function checkListening(found: Listening, ctx: Context): Promise<void> {
  const { call, receiver } = found;
  const life = longLife(receiver);
  if (!life || isEndless(found) || isRemoved(found)) return;
  const emitter = `\`${shortName(receiver)}\``;
  const effect = life === 'field' ? undefined : await effectAround(call, ctx);
  if (effect) {
    if (!(await isEmitter(receiver, ctx))) return;
    if (runsOnce(effect) && !namesComponent(call, effect))
      return ctx.silent(call, 'it is added once, and nothing of the component is in it');
    return ctx.report('effect', calleeName(call), {
      data: { emitter },
      fixes: () => [abortedByEffect(found, effect, ctx)],
    });
  }
  const round = await isRepeated(found, life, ctx);
  if (!round || !(await isEmitter(receiver, ctx))) return;
  ctx.report('perCall', calleeName(call), { data: { emitter, round }, fixes: () => [listeningOnce(found, ctx)] });
}
