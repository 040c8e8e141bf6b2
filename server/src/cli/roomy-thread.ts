import { constants } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** What a thread cannot find out by itself. */
interface ThreadData {
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
}

export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * Answers of the compiler and small objects of the rules come and go by the gigabyte. With V8's own sixteen megabytes for
 * them, much is looked at again and again, and moved, before it is garbage. A running process cannot change that; a thread
 * gets what it is started with. It is three times what holds such objects at one time.
 */
const youngMegabytes = 192;

/**
 * Runs this program, with its arguments, in a thread of its own.
 * @param entry the program's file
 * @returns the exit code
 */
export function inRoomyThread(entry: string): Promise<number> {
  const data: ThreadData = { isTerminal: terminals() };
  const worker = new Worker(entry, {
    argv: process.argv.slice(2),
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  let isStopping = false;
  onStopSignal((signal) => {
    // The second time somebody means it.
    if (isStopping) process.exit(128 + constants.signals[signal]);
    isStopping = true;
    worker.postMessage(signal);
  });
  forgiveLostReaders();
  return new Promise((resolve) => {
    worker.once('error', (error) => {
      process.stderr.write(`asynclint: ${error.message}; check fewer files at a time, or give Node more memory\n`);
      resolve(2);
    });
    worker.once('exit', resolve);
  });
}

/** Whether a person looks at the streams, whichever thread asks. */
export function terminals(): ThreadData['isTerminal'] {
  const { isTerminal } = (workerData ?? {}) as Partial<ThreadData>;
  return isTerminal ?? { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true };
}

/** Calls back when the process is asked to end, whichever thread wants to know. */
export function onStopSignal(stop: (signal: StopSignal) => void): void {
  parentPort?.on('message', stop);
  parentPort?.unref();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
}

/** Writes report their own failures; without a listener a reader that went away would end the process with a trace. */
export function forgiveLostReaders(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
