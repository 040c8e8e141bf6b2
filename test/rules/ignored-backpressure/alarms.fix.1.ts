import { createWriteStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { once } from 'node:events';

export async function copy(lines: AsyncIterable<string>): Promise<void> {
  const out = createWriteStream('out.txt');
  for await (const line of lines) {
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
}

export async function pages(urls: readonly string[], response: ServerResponse): Promise<void> {
  for (const url of urls) {
    const page = await fetch(url);
    if (!response.write(await page.text())) await once(response, 'drain');
  }
}
