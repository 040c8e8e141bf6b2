import fs from 'node:fs';

let template: string | undefined;

function load(): string {
  return (template ??= fs.readFileSync('template.html', 'utf8'));
}

export async function page(name: string): Promise<string> {
  await Promise.resolve();
  return load().replace('$name', name);
}

let ready = false;

export async function inline(html: string, start: (bytes: Uint8Array) => Promise<void>): Promise<string> {
  if (!ready) {
    await start(fs.readFileSync('inline.wasm'));
    ready = true;
  }
  return html;
}

export class Texts {
  #words: string[] | undefined;

  async words(): Promise<string[]> {
    if (this.#words) return this.#words;
    const text = fs.readFileSync('words.txt', 'utf8');
    this.#words = text.split('\n');
    return this.#words;
  }
}
