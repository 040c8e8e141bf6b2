import assert from 'node:assert/strict';
import { expect } from './_runner.ts';
import { load } from './lib.ts';

export async function test(): Promise<void> {
  await expect(load('1')).resolves.toBe('1');
  await expect(load('')).rejects.toBeDefined();
  await assert.rejects(load(''));
  await expect(load('1')).resolves.toBe('1');
  await assert.rejects(load(''));
  expect('1').toBe('1');
}
