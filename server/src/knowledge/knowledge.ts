import type { Origin } from '../typescript/oracle.ts';
import type { DeclaredIn } from '../typescript/type-view.ts';
import { type CallbackRole, callbackRole } from './callbacks.ts';
import { givesNodePromise, isSafePromise } from './promises.ts';
import { type ValueUse, valueUse } from './value-sinks.ts';

/** What is known by name, because no type can tell it. All of it is data in the JSON files beside this one. */
export class Knowledge {
  /** Whether a thenable's type says that nobody needs to handle it: builders, replies, test steps. */
  isSafePromise(type: DeclaredIn): boolean {
    return isSafePromise(type);
  }

  /** Whether a function of Node itself is known to give a promise. */
  givesNodePromise(callee: readonly Origin[]): boolean {
    return givesNodePromise(callee);
  }

  /** What a known function does with what its callback at `index` returns; undefined where nothing is known. */
  callbackResult(callee: readonly Origin[], index: number, count = index + 1): 'awaited' | 'ignored' | undefined {
    const role = callbackRole(callee, index, count);
    return role === undefined || role === 'awaited' ? role : 'ignored';
  }

  /** What a known function does with an argument of which only the value makes sense; undefined where it may take a promise. */
  valueUse(callee: readonly Origin[], index: number): ValueUse | undefined {
    return valueUse(callee, index);
  }

  /** As `callbackResult`, with what the function does instead of waiting. `count` is the number of arguments. */
  callbackRole(callee: readonly Origin[], index: number, count: number): CallbackRole | undefined {
    return callbackRole(callee, index, count);
  }
}
