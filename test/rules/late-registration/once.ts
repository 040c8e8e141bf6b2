import { spawn } from 'node:child_process';
import { once } from 'node:events';

declare function note(path: string): Promise<void>;

export async function convert(input: string): Promise<unknown> {
  const child = spawn('convert', [input]);
  child.on('error', console.error);
  await note(`${child.pid}.pid`);
  const [code] = await once(child, 'close');
//                     ^^^^ late-registration missed
//                     related once.ts:9 "waits here"
  return code;
}
