import { expect, it } from 'vitest';
import { createCrashGuard } from '../../client/src/crash-guard.ts';

it('gives up at the fifth death in three minutes', () => {
  let time = 0;
  const guard = createCrashGuard(5, 180_000, () => time);
  const answers = [0, 10_000, 20_000, 30_000, 40_000].map((at) => {
    time = at;
    return guard.crashed();
  });
  expect(answers).toEqual(['restart', 'restart', 'restart', 'restart', 'stop']);
});

it('forgets deaths that are older than the window', () => {
  let time = 0;
  const guard = createCrashGuard(5, 180_000, () => time);
  const answers = [0, 60_000, 120_000, 179_999, 180_000, 180_001].map((at) => {
    time = at;
    return guard.crashed();
  });
  // At 180 s the first death is exactly three minutes old, and no longer counts.
  expect(answers).toEqual(['restart', 'restart', 'restart', 'restart', 'restart', 'stop']);
});

it('begins again after a restart by hand', () => {
  const guard = createCrashGuard(2, 180_000, () => 0);
  expect(guard.crashed()).toBe('restart');
  guard.reset();
  expect(guard.crashed()).toBe('restart');
  expect(guard.crashed()).toBe('stop');
});
