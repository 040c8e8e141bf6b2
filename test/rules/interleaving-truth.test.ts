/**
 * Every interleaving that the race rules print for their fixtures is played: one task after the other all is well, in the
 * printed order it is not, and with a fix the printed order does no harm.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/model/finding.ts';
import { type Interleaving, turnsOf } from '../../server/src/model/interleaving.ts';
import { Compilers } from '../harness/compilers.ts';
import { lintFixtures } from '../harness/lint-fixtures.ts';
import { loadRules, withRegistry } from '../harness/load-rules.ts';
import { play, playOneAfterTheOther, type Schedule } from '../harness/turns.ts';
import { readFixtures, Workspace } from '../harness/workspace.ts';

const ids = ['stale-read', 'check-then-act'];

interface Truth {
  readonly tasks: readonly [() => unknown, () => unknown];
  readonly isSound: () => boolean;
}

interface Truths {
  readonly reset: () => void;
  readonly truths: Readonly<Record<string, (module: never) => Truth>>;
}

const loaded = await loadRules(ids);
const rules = await withRegistry([...loaded.values()].flatMap((each) => ('rule' in each ? [each.rule] : [])));
const workspace = await Workspace.create();
const compilers = new Compilers(workspace, rules);
const cases = (await Promise.all(ids.map(casesOf))).flat();
await compilers.close();

afterAll(() => workspace.remove());

interface Case {
  readonly id: string;
  readonly directory: string;
  /** The fixture's file and the function in which the race is. */
  readonly name: string;
  readonly file: string;
  readonly interleaving: Interleaving | undefined;
  /** How many ways to mend it are offered. */
  readonly fixes: number;
}

async function casesOf(id: string): Promise<readonly Case[]> {
  const fixtures = await readFixtures(id);
  const project = await lintFixtures(await compilers.next(), fixtures);
  return project.files.flatMap(({ fixture, result, fixes }) =>
    // A file that others may remove is not this program's state, nor is what a framework keeps: no order of its tasks shows it.
    result.findings.filter(({ key }) => key !== 'file' && key !== 'closure').map((finding) => ({
      id,
      directory: fixtures.directory,
      name: `${fixture.name} ${functionIn(finding, result.text)}`,
      file: fixture.name,
      interleaving: finding.interleaving,
      fixes: fixes.get(finding)?.length ?? 0,
    })),
  );
}

/** The name of the function that the first task runs. */
function functionIn({ interleaving }: Finding, text: string): string {
  const at = interleaving?.tasks[0].span;
  return at ? text.slice(at.start, at.end).replace('#', '') : '';
}

for (const id of ids) {
  describe(id, async () => {
    const own = cases.filter((one) => one.id === id);
    const directory = own[0]?.directory ?? '';
    const { truths, reset } = (await import(`${directory}/_truth.ts`)) as Truths;
    const { schedule } = (await import(`${directory}/lib-turns.ts`)) as { readonly schedule: Schedule };

    it('has two tasks for each function in which it finds something', () => {
      expect(own.map(({ name }) => name).sort()).toEqual(Object.keys(truths).sort());
    });

    for (const { name, file, interleaving, fixes } of own) {
      const truthOf = async (from: string): Promise<Truth> => {
        reset();
        schedule.running = '';
        // Each run has a module of its own, with variables that nobody has written yet.
        const module = (await import(`${directory}/${from}?run=${String(runs++)}`)) as never;
        const truth = truths[name];
        if (!truth) throw new Error(`There are no tasks for ${name}.`);
        return truth(module);
      };

      describe(name, () => {
        it('is well where one task follows the other', async () => {
          const truth = await truthOf(file);
          await playOneAfterTheOther(schedule, truth.tasks);
          expect(truth.isSound()).toBe(true);
        });

        it('is not well in the printed order', async () => {
          if (!interleaving) throw new Error('The finding has no interleaving.');
          const truth = await truthOf(file);
          const turns = playedTurns(interleaving);
          const { waits } = await play(schedule, truth.tasks, turns.map(({ task }) => task));
          expect(truth.isSound()).toBe(false);
          // Where a turn is said to end in a wait, it did, and for that; a helper of the fixture waits for something else.
          for (const [index, { waitsFor }] of turns.entries()) {
            if (waitsFor === undefined) continue;
            expect(waits[index]).toBeDefined();
            if (!waitsFor.includes('this.')) expect(waitsFor).toContain(`${String(waits[index])}(`);
          }
        });

        for (let n = 1; n <= fixes; n++) {
          const fixed = file.replace(/\.ts$/, `.fix.${String(n)}.ts`);
          if (!existsSync(path.join(directory, fixed))) continue;
          it(`is well in the printed order with fix ${String(n)}`, async () => {
            if (!interleaving) throw new Error('The finding has no interleaving.');
            const truth = await truthOf(fixed);
            await play(schedule, truth.tasks, playedTurns(interleaving).map(({ task }) => task));
            expect(truth.isSound()).toBe(true);
          });
        }
      });
    }
  });
}

let runs = 0;

/** Whose turn it is, turn by turn, and what it waits for at its end where it says so. */
function playedTurns({ steps }: Interleaving): readonly { readonly task: 0 | 1; readonly waitsFor?: string }[] {
  const numbers = turnsOf(steps);
  return [...new Set(numbers)].map((turn) => {
    const own = steps.filter((_, index) => numbers[index] === turn);
    const wait = own.find(({ kind, text }) => kind === 'suspends' && text.includes('('));
    return { task: own[0]?.task ?? 0, ...(wait && { waitsFor: wait.text }) };
  });
}
