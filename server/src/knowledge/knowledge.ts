import type { Origin } from '../typescript/oracle.ts';
import type { DeclaredIn } from '../typescript/type-view.ts';

/** What is known by name, because no type can tell it. All of it is data in the JSON files beside this one. */
export class Knowledge {
  /** Whether a thenable's type says that nobody needs to handle it: builders, replies, test steps. */
  isSafePromise(_type: DeclaredIn): boolean {
    return false;
  }

  /** What a known function does with what its callback at `index` returns; undefined where nothing is known. */
  callbackResult(_callee: readonly Origin[], _index: number): 'awaited' | 'ignored' | undefined {
    return undefined;
  }
}
