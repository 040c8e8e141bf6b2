import { save } from './lib';

declare function isSaved(id: string): boolean | Promise<boolean>;
declare function perhaps(id: string): void | Promise<void>;
declare const store: { sync(): void | Promise<void>; flush(): Promise<void> } | undefined;

/** `promise-as-value` speaks of the left side: a test that takes the promise for its value. */
export function tested(id: string) {
  isSaved(id) && save(id);
//               ^^^^^^^^ floating-promise dropped
//               related lib.ts:8 "can throw here"
}

export function optional() {
  store?.sync();
//^^^^^^^^^^^^^ floating-promise dropped
  store?.flush();
//^^^^^^^^^^^^^^ floating-promise dropped
  perhaps('a');
//^^^^^^^^^^^^ floating-promise dropped
}
