import { test } from 'node:test';
import { load } from './lib.ts';

test('loads', async (t) => {
  t.test('inner', async () => {
//^^^^^^ floating-promise dropped
    await load('1');
  });
  load('2');
//^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
});
test('chained', () => {}).then(() => load('1'));
// <0 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
