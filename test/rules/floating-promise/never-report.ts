// @options {"neverRejecting": "report"}
import { report } from './lib.ts';

export function strict(): void {
  report('started');
//^^^^^^^^^^^^^^^^^ floating-promise unordered
}
