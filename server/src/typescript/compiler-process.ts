import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { API } from 'typescript/async';

/** Internals of the client that its types hide: without them the death of the process would leave questions open for ever. */
interface ClientInternals {
  readonly client: {
    readonly process?: Pick<ChildProcess, 'pid' | 'once' | 'stdin' | 'kill' | 'exitCode' | 'signalCode'>;
    readonly connection?: { dispose(): void };
  };
}

/**
 * Watches the native process behind an API, once for each process: the client neither reports its end nor rejects what
 * was asked of it. Open questions reject when it ends.
 * @param known the process that is watched already
 * @returns its process id, or undefined where no process runs
 */
export function watchCompiler(api: API, known: number | undefined, onExit: () => void): number | undefined {
  const { client } = api as unknown as ClientInternals;
  const { process: child } = client;
  if (!child || child.pid === known) return child?.pid;
  easeWrites(child.stdin);
  child.once('exit', () => {
    client.connection?.dispose();
    onExit();
  });
  return child.pid;
}

/**
 * Ends the native process behind an API, whatever it is busy with: a program that is being loaded would keep an orderly
 * end waiting until it is there. Nothing in that process is worth keeping. Open questions reject.
 */
export async function endCompiler(api: API): Promise<void> {
  const { client } = api as unknown as ClientInternals;
  const { process: child } = client;
  // Until it has begun there is nothing to interrupt.
  if (!child || child.exitCode !== null || child.signalCode !== null) return api.close();
  // It may not be watched yet: its first question may still be on the way to it.
  easeWrites(child.stdin);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
  client.connection?.dispose();
}

/**
 * Where a write fails, the client's protocol library rejects the question and then throws once more from an async executor,
 * where nobody can take it. A write to a process that is gone counts as done instead: its end rejects the question.
 *
 * The library writes the head of a message by itself, waits until it is on its way, and then writes the content. Kept back
 * until then, both are one call of the system, and wake the compiler once.
 */
function easeWrites(stdin: Writable | null): void {
  if (!stdin || eased.has(stdin)) return;
  eased.add(stdin);
  const write = stdin.write.bind(stdin) as (chunk: unknown, encoding: unknown, callback?: () => void) => boolean;
  stdin.write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    const done = (typeof encoding === 'function' ? encoding : callback) as (() => void) | undefined;
    const textEncoding = typeof encoding === 'string' ? encoding : undefined;
    if (typeof chunk === 'string' && chunk.startsWith('Content-Length:')) {
      stdin.cork();
      write(chunk, textEncoding);
      done?.();
      return true;
    }
    const isDrained = write(chunk, textEncoding, () => done?.());
    stdin.uncork();
    return isDrained;
  };
}

const eased = new WeakSet<Writable>();
