import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

// Where opening fails, the loop goes on to the next file, and the stream stays.
export async function firstOf(paths: readonly string[]): Promise<Response | undefined> {
  for (const path of paths) {
    try {
      const stream = createReadStream(path);
//                   ^^^^^^^^^^^^^^^^ unclosed-resource missed
//                   related streams.ts:20 "leaves here with it open"
      await new Promise<void>((resolve, reject) => {
        stream.once('open', () => resolve());
        stream.once('error', reject);
      });
      return new Response(Readable.toWeb(stream) as ReadableStream);
    } catch {
      // The next one, then.
    }
  }
  return undefined;
}
