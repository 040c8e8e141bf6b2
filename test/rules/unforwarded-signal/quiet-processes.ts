import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

declare function endOnAbort(signal: AbortSignal | undefined, child: ChildProcess): () => void;
declare function ready(child: ChildProcess): Promise<void>;

/** A process that is kept outlives the call, and one that is detached outlives everything. */
export class Runtime {
  #process: ChildProcess | undefined;

  async start(signal: AbortSignal): Promise<void> {
    const child = spawn('runtime');
    this.#process = child;
    spawn('watchdog', { detached: true }).unref();
    await ready(child);
    signal.throwIfAborted();
  }

  stop(): void {
    this.#process?.kill();
  }
}

/** Another function ends it on an abort. */
export async function run(command: string, options?: { readonly signal?: AbortSignal }): Promise<void> {
  const child = spawn(command);
  const forget = endOnAbort(options?.signal, child);
  await ready(child);
  forget();
}

interface Bucket {
  get(key: string): Promise<string>;
}

/** Only one of the two has a signal, which cannot be read of both. */
export async function either(source: Bucket | (Bucket & { readonly signal: AbortSignal })): Promise<string> {
  const { stdout } = await promisify(execFile)('ls', []);
  return stdout + (await source.get('a'));
}
