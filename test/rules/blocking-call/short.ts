import fs from 'node:fs';

// Short work on one file is advice; many files, or a file's content while others wait, is a warning.
export class Store {
  async remove(name: string): Promise<void> {
    await this.close();
    fs.unlinkSync(name);
//     ^^^^^^^^^^ blocking-call async
  }

  async removeAll(names: string[]): Promise<void> {
    for (const name of names) {
      fs.unlinkSync(name);
//       ^^^^^^^^^^ blocking-call async
    }
  }

  async close(): Promise<void> {
    fs.writeFileSync('store.json', '{}');
//     ^^^^^^^^^^^^^ blocking-call async
  }

  async save(text: string): Promise<void> {
    fs.writeFileSync('store.json', text);
//     ^^^^^^^^^^^^^ blocking-call async
  }
}

const kept = new Map<string, string>();

// Once for each key is not once.
export async function read(name: string): Promise<string> {
  const known = kept.get(name);
  if (known) return known;
  const text = fs.readFileSync(name, 'utf8');
//                ^^^^^^^^^^^^ blocking-call async
  kept.set(name, text);
  return text;
}
