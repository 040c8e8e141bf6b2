import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** The pipeline waits for what comes out of the stream, and not for what is written into it. */
export async function dump(keys: string[], load: (key: string) => Promise<string>, file: string): Promise<void> {
  const packed = createGzip();
  const done = pipeline(packed, createWriteStream(file));
  done.catch(() => packed.destroy());
  for (const key of keys) {
    const value = await load(key);
    packed.write(`${key}\t${value}\n`);
//         ^^^^^ ignored-backpressure unheard
  }
  packed.end();
  await done;
}
