import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { Client } from './support/client.ts';
import { Player } from './support/play.ts';
import { parseScenarios, rewrite, type Step } from './support/scenario.ts';

/**
 * Editor behaviour as it can be read: each heading of fixtures/*.md is played in an editor that asks for diagnostics
 * and in one that is sent them. UPDATE=1 rewrites what they expect.
 */
const folder = path.join(import.meta.dirname, 'fixtures');
const isUpdate = process.env['UPDATE'] === '1';

for (const name of readdirSync(folder).filter((each) => each.endsWith('.md'))) {
  const file = path.join(folder, name);
  const markdown = readFileSync(file, 'utf8');
  const updates = new Map<Step, string>();

  describe(name, () => {
    for (const scenario of parseScenarios(markdown)) {
      for (const pulls of isUpdate ? [true] : [true, false]) {
        test(`${scenario.name} (diagnostics are ${pulls ? 'asked for' : 'sent'})`, async () => {
          const files = scenario.steps.filter(({ verb }) => verb === 'file');
          await using temporary = await temporaryFolder(
            Object.fromEntries(files.map(({ subject, body }) => [subject, body])),
          );
          const client = await Client.start({ folders: [temporary.path], pulls });
          const play = new Player(client, temporary, isUpdate);
          try {
            for (const step of scenario.steps) if (step.verb !== 'file') await play.play(step);
          } finally {
            for (const [step, body] of play.updates) updates.set(step, body);
            await client.stop();
          }
        });
      }
    }

    afterAll(async () => {
      if (updates.size > 0) await writeFile(file, rewrite(markdown, updates));
    });
  });
}
