import assert from 'node:assert/strict';
import { expect } from './_runner.ts';
import { load } from './lib.ts';

export async function test(): Promise<void> {
  expect(load('1')).resolves.toBe('1');
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise assertion
  expect(load('')).rejects.toBeDefined();
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise assertion
  assert.rejects(load(''));
//^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise assertion
  await expect(load('1')).resolves.toBe('1');
  await assert.rejects(load(''));
  expect('1').toBe('1');
}
