// @options {"safePromises": ["Later"], "safeCalls": ["track", "./lib#save"]}
import { load, save } from './lib.ts';

interface Later extends Promise<void> {
  readonly later: true;
}
declare function defer(): Later;
declare const metrics: { track(name: string): Promise<void> };

export function safe(): void {
  defer();
  [defer()];
  metrics.track('started');
  metrics.track('started').then(() => {});
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  save({ id: '1' });
  load('1');
//^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
}
