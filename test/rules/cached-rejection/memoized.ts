import { memoize, once } from 'lodash';
import { connect, settings } from './lib.ts';

export const connected = memoize(connect);
//                       ^^^^^^^ cached-rejection memoized

export const start = once(async () => {
//                   ^^^^ cached-rejection memoized
  await connect('https://example.org');
});

// These are quiet: nothing can fail, nothing is a promise, and what ends, ends once.
export const known = once(settings);
export const size = once((text: string) => text.length);
export const close = once(async () => {
  await connect('https://example.org');
});
