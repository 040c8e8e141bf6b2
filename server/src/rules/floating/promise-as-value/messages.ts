import type { RuleContext } from '../../define.ts';

export const messages = {
  condition: {
    text: '`{name}` is a promise, which is always truthy',
    why: 'A promise is an object, so the test passes whatever the promise resolves to.',
    help: 'Await it.',
  },
  maybe: {
    text: '`{name}` may be a promise, and a promise is always truthy',
    why: 'The value is sometimes a promise of the same type. Then the test passes whatever the promise resolves to.',
    help: 'Await it: awaiting what is no promise gives it back.',
  },
  comparison: {
    text: '`{name}` is a promise and never equals `{other}`',
    why: 'The promise itself is compared, not what it resolves to.',
    help: 'Await it.',
  },
  arithmetic: {
    text: '`{name}` is a promise, so this calculation gives NaN',
    why: 'A promise has no value as a number.',
    help: 'Await it.',
  },
  text: {
    text: '`{name}` is a promise and becomes `[object Promise]` in this text',
    why: 'The promise itself is turned into text, not what it resolves to.',
    help: 'Await it.',
  },
  spread: {
    text: '`{name}` is a promise, and spreading a promise copies nothing',
    why: 'The value is not in the promise object, so nothing of it arrives.',
    help: 'Await it.',
  },
  value: {
    text: '`{name}` is a promise, but its value is meant here',
    why: 'The promise itself is used, not what it resolves to.',
    help: 'Await it.',
  },
  serialised: {
    text: '`{name}` is a promise and becomes `{}` when it is serialised',
    why: 'A promise has no members of its own, so what it resolves to is not sent or written.',
    help: 'Await it.',
  },
  printed: {
    text: '`{name}` is a promise, so this prints `Promise {…}`',
    why: 'The promise itself is printed, not what it resolves to.',
    help: 'Await it, or print it in a `then`.',
  },
  mismatch: {
    text: '`{name}` is a promise where `{type}` is expected',
    why: 'Code that reads the value finds a promise instead.',
    help: 'Await it.',
  },
  stored: {
    text: '`{name}` is a promise among plain values',
    why: 'The type of the object takes anything, so nothing tells its reader to await this member.',
    help: 'Await it, or give the member a type that says it is a promise.',
  },
  asserted: {
    text: '`{name}` is a promise, so this assertion does not see its value',
    why: 'The promise itself is tested, not what it resolves to.',
    help: 'Await it.',
  },
  unawaited: {
    text: '`{name}` is not awaited, yet `{variable}` is used as its value',
    why: 'All that uses the variable finds a promise instead of the value.',
    help: 'Await it where it is kept.',
  },
} as const;

export type Context = RuleContext<keyof typeof messages & string>;
