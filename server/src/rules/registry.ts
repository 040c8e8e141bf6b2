import type { Rule } from './define.ts';
import { blockingCall } from './blocking/blocking-call.ts';
import { asyncCallbackIgnored } from './floating/async-callback-ignored.ts';
import { asyncConstructor } from './floating/async-constructor.ts';
import { floatingPromise } from './floating/floating-promise.ts';
import { unhandledMain } from './floating/unhandled-main.ts';

/** Every rule of the product, in the order of the catalogue. */
export const allRules: readonly Rule[] = [floatingPromise, asyncCallbackIgnored, asyncConstructor, unhandledMain, blockingCall];
