import { createWriteStream } from 'node:fs';
import type { ServerResponse } from 'node:http';

export async function copy(lines: AsyncIterable<string>): Promise<void> {
  const out = createWriteStream('out.txt');
  for await (const line of lines) {
    out.write(line);
//      ^^^^^ ignored-backpressure unheard
  }
  out.end();
}

export async function pages(urls: readonly string[], response: ServerResponse): Promise<void> {
  for (const url of urls) {
    const page = await fetch(url);
    response.write(await page.text());
//           ^^^^^ ignored-backpressure unheard
  }
}
