import type { Writable } from 'node:stream';

/** The world of a command: what it may read of the process, and where it writes. Tests hand in their own. */
export interface Io {
  /** Absolute, with forward slashes. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person looks at the stream. */
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Resolves when the text has left the process, so that nothing is lost in a pipe. */
  stdout(text: string): Promise<void>;
  stderr(text: string): Promise<void>;
  readonly signal: AbortSignal;
}

/** 0 clean, 1 findings, 2 could not run. */
export type ExitCode = 0 | 1 | 2;

/** Ends a command with one line for the user: what is wrong and what to do. Exit code 2. */
export class UsageFailure extends Error {
  override name = 'UsageFailure';
}

/** Writes a text and waits until it is gone. A reader that went away, as `head` does, is no failure. */
export function writeAll(stream: Writable, text: string): Promise<void> {
  if (text === '' || stream.destroyed) return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error || ('code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'))) resolve();
      else reject(error);
    });
  });
}

/** Whether to paint, by the conventions of NO_COLOR and FORCE_COLOR. */
export function wantsColor(io: Pick<Io, 'env' | 'isTerminal'>): boolean {
  if (io.env['NO_COLOR'] !== undefined && io.env['NO_COLOR'] !== '') return false;
  const forced = io.env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return io.isTerminal.stdout && io.env['TERM'] !== 'dumb';
}

/** The first line of an error, for people. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
