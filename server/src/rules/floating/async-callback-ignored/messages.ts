import { choice } from '../../../model/rule.ts';
import type { RuleContext } from '../../define.ts';

export const messages = {
  ignored: {
    text: '`{callee}` ignores the promise of this callback: if it rejects, nobody will know',
    why: 'The callback is called for its effects, and nobody waits for its promise. A rejection is unhandled, which ends a Node process by default.',
    help: 'Handle the rejection inside the callback, or call the async work with `void` and a `catch`.',
  },
  listener: {
    text: 'If this `{event}` handler rejects, nobody will know',
    why: 'The page calls the handler and ignores its promise. A rejection becomes an `unhandledrejection` event and the user sees nothing happen.',
    help: 'Catch errors inside the handler and show them.',
  },
  request: {
    text: '`{callee}` ignores the promise of this handler: a rejection leaves the request open',
    why: 'The framework does not wait for the handler. When it rejects, no answer is sent and the rejection is unhandled, which ends a Node process by default.',
    help: 'Catch errors inside the handler and pass them to `next` or answer them.',
  },
  iteration: {
    text: '`{callee}` does not wait for this async callback',
    why: 'All calls start at once, and the code after the loop runs before any of them has finished. A rejection is unhandled.',
    help: 'Use `for…of` with `await`, or `await Promise.all(….map(…))`.',
  },
  predicate: {
    text: '`{callee}` takes the promise of this callback for `true`',
    why: 'A promise is truthy whatever it resolves to, so every element passes the test.',
    help: 'Await the answers first, then test them.',
  },
  comparator: {
    text: '`{callee}` cannot use the promise of this callback as an order',
    why: 'A promise becomes NaN as a number, so the elements are not sorted.',
    help: 'Await what the order depends on first, then sort.',
  },
  accumulator: {
    text: '`{name}` is a promise from the second call on, and this callback does not await it',
    why: 'An async callback gives a promise to the next call, which then works on the promise and not on its value; rejections of earlier calls are unhandled.',
    help: 'Await the accumulator first, or use a `for…of` loop.',
  },
  value: {
    text: '`{callee}` takes the promise of this callback for its result',
    why: 'The function is synchronous and uses the promise itself, as `[object Promise]` or an object without content.',
    help: 'Await the results first, then call it with a callback that is not async.',
  },
  finally: {
    text: 'A rejection of this `finally` callback replaces the outcome of the promise',
    why: '`finally` waits for its callback. If the callback rejects, the result, or the error that was under way, is lost.',
    help: 'Handle errors inside the callback.',
  },
  suite: {
    text: '`{callee}` does not wait for this callback: tests after an `await` in it are lost',
    why: 'The runner collects tests synchronously. What the callback defines after its first `await` comes too late, and a rejection fails no test.',
    help: 'Make the callback synchronous and move async work into `before` hooks.',
  },
  effect: {
    text: '`{callee}` takes the promise of this callback for its clean-up function',
    why: 'React ignores the promise: a rejection is unhandled, and no clean-up runs.',
    help: 'Define an async function inside the effect and call it, and return the clean-up function.',
  },
  override: {
    text: '`{base}` declares `{name}` as void, so its callers ignore this promise',
    why: 'Code that holds the base type calls the method, goes on at once and never sees a rejection.',
    help: 'Handle errors inside the method, or let the base return a promise too.',
  },
  assigned: {
    text: 'Whoever calls `{name}` expects nothing back and ignores this promise',
    why: 'The type says that the function returns void, so its callers neither wait for it nor handle its rejection.',
    help: 'Handle errors inside the function, or let the type return a promise.',
  },
  returned: {
    text: 'Whoever gets this function expects nothing back and ignores its promise',
    why: 'The type says that the function returns void, so its callers neither wait for it nor handle its rejection.',
    help: 'Handle errors inside the function, or let the type return a promise.',
  },
  disposal: {
    text: '`using` does not wait for an async `Symbol.dispose`',
    why: 'The scope ends before the disposal has finished, and a rejection of it is unhandled.',
    help: 'Name the method `Symbol.asyncDispose` and use `await using`.',
  },
} as const;

export const options = {
  neverRejecting: choice(
    ['silent', 'report'],
    'silent',
    'What to do with a callback that provably never rejects, where its caller has no need to wait for it.',
  ),
  unknownFunctions: choice(
    ['silent', 'report'],
    'silent',
    'What to do with a function whose code is not in the project, where only a type says that its promise is ignored; `strict` reports it.',
    'report',
  ),
};

export type Key = keyof typeof messages;
export type Context = RuleContext<Key, typeof options>;
