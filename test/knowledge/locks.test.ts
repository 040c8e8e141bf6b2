import { describe, expect, it } from 'vitest';
import data from '../../server/src/knowledge/locks.json' with { type: 'json' };
import { lockKnowledge } from '../../server/src/knowledge/locks.ts';

describe('what is known of locks', () => {
  it('says how each is released', () => {
    for (const { names, gives, release } of data.acquire) {
      if (gives === 'handle' || gives === 'nothing' || gives === 'resource') expect(release, names[0]).not.toEqual([]);
      expect(['releaser', 'pair', 'handle', 'resource', 'nothing']).toContain(gives);
    }
  });

  it('knows a lock by where it comes from, not by its name', () => {
    const mutex = lockKnowledge.acquiredBy([{ module: 'async-mutex', path: ['Mutex', 'acquire'] }]);
    expect(mutex).toMatchObject({ gives: 'releaser', callback: 'runExclusive' });
    expect(lockKnowledge.acquiredBy([{ module: 'land-registry', path: ['Mutex', 'acquire'] }])).toBeUndefined();
    expect(lockKnowledge.mayAcquire('acquire')).toBe(true);
    expect(lockKnowledge.mayAcquire('load')).toBe(false);
  });

  it('knows what holds a lock while a callback runs', () => {
    expect(lockKnowledge.runsExclusively([{ module: 'async-lock', path: ['acquire'] }])).toBe('key');
    expect(lockKnowledge.runsExclusively([{ module: 'async-mutex', path: ['Mutex', 'runExclusive'] }])).toBe(
      'receiver',
    );
  });

  it('knows decorators under which calls share a run or wait for each other', () => {
    expect(lockKnowledge.isShareOfRuns('gate')).toBe(true);
    expect(lockKnowledge.isShareOfRuns('Get')).toBe(false);
  });

  it('pairs the methods of a class by their words', () => {
    expect(lockKnowledge.counterpartOf('acquire')).toBe('release');
    expect(lockKnowledge.counterpartOf('lockFile')).toBe('unlockFile');
    expect(lockKnowledge.counterpartOf('acquireAsync')).toBe('release');
    expect(lockKnowledge.counterpartOf('lockedOut')).toBeUndefined();
  });
});
