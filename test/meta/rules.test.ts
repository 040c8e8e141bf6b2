/** Registry, rule files, pages and fixtures say the same, and messages keep to their form. */
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ownRules } from '../../server/src/engine/own-rules.ts';
import type { Rule } from '../../server/src/rules/define.ts';
import { allRules } from '../../server/src/rules/registry.ts';
import { fixtureRoot, isQuiet, repository, rulesWithFixtures } from '../harness/workspace.ts';

const ids = allRules.map((rule) => rule.id);

describe('the registry', () => {
  it('has every rule once, under the name of its file and the folder of its family', async () => {
    const files = (await readdir(`${repository}/server/src/rules`, { recursive: true })).map((name) =>
      name.replaceAll('\\', '/'),
    );
    const ruleFiles = files.filter((name) => /^[^/]+\/[^/]+\.ts$/.test(name));
    expect([...allRules].map((rule) => `${rule.family}/${rule.id}.ts`).sort()).toEqual(ruleFiles.sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes through the families one after the other', () => {
    const families = allRules.map((rule) => rule.family).filter((family, index, all) => family !== all[index - 1]);
    expect(new Set(families).size).toBe(families.length);
  });

  it('names the problem, not a command', () => {
    for (const id of ids) expect(id).toMatch(/^(?!no-|disallow-|require-|prefer-)[a-z]+(?:-[a-z]+)*$/);
  });

  it('shares no id with the checks of the engine', () => {
    expect(ids.filter((id) => ownRules.some((own) => own.id === id))).toEqual([]);
  });
});

describe('pages and fixtures', () => {
  it('every rule has a page, and every page a rule', async () => {
    const pages = (await readdir(`${repository}/docs/rules`)).filter(
      (name) => name.endsWith('.md') && name !== 'README.md',
    );
    expect(pages.map((name) => name.slice(0, -'.md'.length)).sort()).toEqual([...ids].sort());
  });

  it('every rule has fixtures, and every folder of fixtures a rule', async () => {
    expect([...(await rulesWithFixtures())].sort()).toEqual([...ids].sort());
  });

  for (const id of ids) {
    it(`${id} has alarms and at least one quiet file`, async () => {
      const names = await readdir(`${fixtureRoot}/${id}`, { recursive: true }).catch(() => []);
      expect(names.filter((name) => isQuiet(name.replaceAll('\\', '/')))).not.toEqual([]);
      expect(names).toContain('frames.snap');
      const frames = await readFile(`${fixtureRoot}/${id}/frames.snap`, 'utf8');
      const unseen = Object.keys(rule(id).messages).filter((key) => !new RegExp(`· ${key}$`, 'm').test(frames));
      expect(unseen, 'messages that no fixture shows').toEqual([]);
    });

    it(`${id} has a page with its measured rate of false alarms`, async () => {
      const page = await readFile(`${repository}/docs/rules/${id}.md`, 'utf8').catch(() => '');
      expect(page).toMatch(measured);
      expect(page).toMatch(/^# /m);
    });
  }
});

describe('messages', () => {
  for (const { id, messages, summary, options } of allRules) {
    it(`${id} keeps to the form`, () => {
      expect(summary).toMatch(oneLineWithoutStop);
      for (const [key, message] of Object.entries(messages)) {
        expect(message.text.length, `${key} is at most 90 characters long`).toBeLessThanOrEqual(90);
        expect(message.text, key).toMatch(oneLineWithoutStop);
        for (const part of [message.why, message.help]) expect(part, key).toMatch(/^(?:[A-Z`{][^\n]*[.?]|\{\w+\})$/);
        for (const part of [message.text, message.why, message.help])
          expect(part, key).not.toMatch(/!(?!=)|\bshould\b|\bAST\b|\bidentifier\b/i);
      }
      for (const [name, option] of Object.entries(options)) {
        expect(name).toMatch(/^[a-z][A-Za-z]*$/);
        expect(option.description, name).toMatch(/^[A-Z`][^\n]*\.$/);
      }
    });
  }
});

/** What people compare first stands first, in one form. */
const measured =
  /^## Measured\n\n(?:False alarms: \*\*\d+ of \d+ judged \(\d+(?:\.\d)? %\)\*\*, on \d+ repositories\.|No finding yet on \d+ repositories, so no rate\.)/m;

const oneLineWithoutStop = /^[A-Z`{][^\n]*[^\n.!]$/;

function rule(id: string): Rule {
  const found = allRules.find((each) => each.id === id);
  if (!found) throw new Error(`There is no rule ${id}.`);
  return found;
}
