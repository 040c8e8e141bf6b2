import { readFile } from 'node:fs/promises';

declare function push(version: number, row: object): Promise<void>;

export async function sync(rows: readonly object[]): Promise<void> {
  for (const row of rows) {
    const schema = JSON.parse(await readFile('schema.json', 'utf8')) as { version: number };
//                            ^^^^^ repeated-await repeated
//                            related inside.ts:6 "in every round of this loop"
    await push(schema.version, row);
  }
}

declare function render(template: string, row: object): string;

export async function rendered(rows: readonly object[]): Promise<string[]> {
  const out: string[] = [];
  for (const row of rows) {
    const page = await readFile('page.html', 'utf8');
//               ^^^^^ repeated-await repeated
//               related inside.ts:18 "in every round of this loop"
    out.push(render(page, row));
  }
  return out;
}

export async function versions(rows: readonly object[], send: (version: number, row: object) => void): Promise<void> {
  for (const row of rows) {
    const version = JSON.parse(await readFile('package.json', 'utf8')).version;
//                             ^^^^^ repeated-await repeated
//                             related inside.ts:28 "in every round of this loop"
    send(version, row);
  }
}
