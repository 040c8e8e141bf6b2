import { describe, it, test } from 'node:test';
import * as runner from 'node:test';
import { load } from './lib.ts';

test('loads', async () => {
  await load('1');
});
test.only('loads this', async () => {
  await load('1');
});
runner.test('loads that', async () => {
  await load('1');
});
describe('load', () => {
  it('loads', async () => {
    await load('1');
  });
});
