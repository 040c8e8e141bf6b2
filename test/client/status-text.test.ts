import path from 'node:path';
import { expect, it } from 'vitest';
import { engineText, projectText } from '../../client/src/status-text.ts';

const translate = (message: string, ...args: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, index) => String(args[index]));
const base = (file: string) => path.posix.basename(file);

it('counts findings in words', () => {
  const text = (findings: number) =>
    engineText({ state: 'ready', typescriptVersion: '7.1.0', findings }, translate).text;
  expect([0, 1, 2].map(text)).toEqual(['asynclint: no findings', 'asynclint: 1 finding', 'asynclint: 2 findings']);
});

it('names the version of TypeScript and the time of the last run', () => {
  const status = { state: 'ready', typescriptVersion: '7.1.0-beta', lastRunMilliseconds: 139.6 } as const;
  expect(engineText(status, translate).detail).toBe('TypeScript 7.1.0-beta · 140 ms');
});

it('says why it stopped, and nothing of a compiler that does not run', () => {
  const status = { state: 'stopped', typescriptVersion: '7.1.0', message: 'The server died.' } as const;
  expect(engineText(status, translate)).toEqual({ text: 'asynclint: stopped', detail: 'The server died.' });
});

it('names the config file and the tsconfig, or that there are none', () => {
  const bare = { state: 'ready', typescriptVersion: '7.1.0' } as const;
  expect(projectText(bare, translate, base)).toEqual({
    text: 'no config file — defaults',
    detail: 'asynclint · no tsconfig',
  });
  const full = { ...bare, config: '/p/asynclint.jsonc', tsconfig: '/p/tsconfig.json' };
  expect(projectText(full, translate, base)).toEqual({ text: 'asynclint.jsonc', detail: 'asynclint · tsconfig.json' });
});
