import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isReturnStatement,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Adapted, callbackIn, formText, promisedForm } from './wrapped-promise/callback-form.ts';
import { type Mirror, mirrored, unwrapped } from './wrapped-promise/mirror.ts';
import { settlersOf } from './wrapped-promise/settlers.ts';
import { type WrappedValue, wrappedValue } from './wrapped-promise/wrapped-value.ts';

export const wrappedPromise = defineRule({
  id: 'wrapped-promise',
  family: 'floating',
  principle: 1,
  summary: '`new Promise` around something that already is a promise, or that has a promise form',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [
    'promise/avoid-new',
    'promise/no-return-wrap',
    'unicorn/no-useless-promise-resolve-reject',
    'n/prefer-promises/fs',
    'n/prefer-promises/dns',
  ],
  options: {},
  messages: {
    promise: {
      text: '`new Promise` around `{name}`, which is a promise already',
      why: 'The second promise adds nothing but a way to lose an error: what is thrown in a callback, or a rejection that nobody passes on, leaves it pending for ever.',
      help: 'Use the promise itself, and change its value with `.then` or `await`.',
    },
    callback: {
      text: '`new Promise` around `{name}`, which has a promise form: `{form}`',
      why: 'The promise form passes on every error by itself and takes a signal where there is one. A hand-made promise has to be read to be trusted.',
      help: 'Use `{form}`.',
    },
    value: {
      text: '`Promise.{method}` in a place that makes a promise of what it is given anyway',
      why: 'What an async function or a callback of `.then` returns becomes a promise by itself, and what it throws a rejection. The wrapping costs a turn and hides which value is meant.',
      help: 'Return the value, or throw the error.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      const found = wrappedValue(call);
      return found && reportValue(found, ctx);
    },
    async NewExpression(creation, ctx) {
      const executor = executorOf(creation);
      if (!executor) return;
      const settlers = settlersOf(executor);
      if (!settlers) return;
      const mirror = mirrored(executor, settlers);
      if (mirror) return reportMirror(creation, mirror, ctx);
      const adapted = callbackIn(executor, settlers, ctx.file);
      if (adapted && !isKept(creation, adapted)) return reportAdapted(creation, adapted, ctx);
    },
  },
});

function executorOf(creation: NewExpression): ReturnType<typeof asExecutor> {
  const callee = unwrap(creation.expression);
  const [argument, ...others] = creation.arguments ?? [];
  if (!isIdentifier(callee) || callee.text !== 'Promise' || !argument || others.length > 0) return undefined;
  return asExecutor(unwrap(argument));
}

/** An async executor is another rule's business. */
function asExecutor(node: Node) {
  return isFunctionNode(node) && !isAsyncFunction(node) ? node : undefined;
}

/** A promise that is kept for later and never rejects needs no handler; the one of `events.once` would. */
function isKept(creation: NewExpression, { kind, rejects }: Adapted): boolean {
  if (kind !== 'event' || rejects) return false;
  const owner = wrapped(creation).parent;
  return !isAwaitExpression(owner) && !isReturnStatement(owner) && !isArrowFunction(owner);
}

async function reportMirror(creation: NewExpression, mirror: Mirror, ctx: RuleContext): Promise<void> {
  if (!(await isGlobalPromise(creation, ctx)) || !(await isPromise(mirror.start, ctx))) return;
  ctx.report('promise', headOf(creation), {
    data: { name: shortName(mirror.start) },
    fixes: () => {
      const text = unwrapped(mirror);
      if (text === undefined) return [];
      return [ctx.fix.choice(`Use \`${shortName(mirror.start)}\` itself`, ctx.fix.replace(creation, text))];
    },
  });
}

async function reportAdapted(creation: NewExpression, adapted: Adapted, ctx: RuleContext): Promise<void> {
  const [isGlobal, form] = await Promise.all([isGlobalPromise(creation, ctx), promisedForm(adapted, ctx)]);
  if (!isGlobal || !form) return;
  ctx.report('callback', headOf(creation), {
    data: { name: shortName(adapted.call.expression), form: form.shown },
    fixes: () => {
      const written = adapted.isChanged ? undefined : formText(creation, adapted, form, ctx);
      return [
        written && ctx.fix.choice(`Use \`${form.shown}\``, ctx.fix.replace(creation, written.text), written.edits),
      ];
    },
  });
}

async function reportValue(
  { method, name, value, statement, receiver }: WrappedValue,
  ctx: RuleContext,
): Promise<void> {
  if (receiver && !(await isPromise(receiver, ctx))) return;
  const text = value ? value.getText() : 'undefined';
  ctx.report('value', name, {
    data: { method },
    fixes: () => {
      if (method === 'reject') {
        const semicolon = statement?.getText().endsWith(';') ? ';' : '';
        return [statement && ctx.fix.choice('Throw it', ctx.fix.replace(statement, `throw ${text}${semicolon}`))];
      }
      const call = name.parent.parent;
      const isObject = value !== undefined && isObjectLiteralExpression(unwrap(value)) && !statement;
      return [ctx.fix.choice('Return the value', ctx.fix.replace(call, isObject ? `(${text})` : text))];
    },
  });
}

/** `new Promise`, without the executor and the type arguments. */
function headOf(creation: NewExpression): { readonly start: number; readonly end: number } {
  return { start: creation.getStart(), end: creation.expression.end };
}

async function isGlobalPromise({ expression }: NewExpression, { types }: RuleContext): Promise<boolean> {
  const origins = await types.origins(expression);
  return origins.some(({ module, path }) => module === 'global' && path.join('.') === 'Promise');
}

async function isPromise(start: Node, { types, facts }: RuleContext): Promise<boolean> {
  const [{ extent, isPromise }, type] = await Promise.all([types.thenability(start), types.typeOf(start)]);
  if (extent === 'all') return isPromise;
  const call = unwrap(start);
  return type.isUnknown && isCallExpression(call) && (await facts.outcomeOf(call)) === 'promise';
}
