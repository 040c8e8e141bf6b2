import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import { Linter } from '../engine/linter.ts';
import { cacheVersion, defaultCacheFolder, nodeCache } from '../node-cache.ts';
import { nodeHost } from '../node-host.ts';
import { allRules } from '../rules/registry.ts';
import { normalise } from '../typescript/paths.ts';
import { type Io, writeAll } from './io.ts';
import { type ProgramTools, run } from './program.ts';
import { forgiveLostReaders, onStopSignal, type StopSignal, terminals } from './roomy-thread.ts';

const interrupted = new AbortController();
let signalReceived: StopSignal | undefined;

const io: Io = {
  cwd: normalise(process.cwd()),
  env: process.env,
  isTerminal: terminals(),
  stdout: (text) => writeAll(process.stdout, text),
  stderr: (text) => writeAll(process.stderr, text),
  signal: interrupted.signal,
};

const tools: ProgramTools = {
  io,
  host: nodeHost(),
  rules: allRules,
  createLinter: (options) => Linter.create(options),
  openCache: async (folder) => ({
    tools: nodeCache(folder ?? defaultCacheFolder()),
    version: await cacheVersion(manifest.version),
  }),
  version: manifest.version,
  rulePage: (id) => readFile(new URL(`../docs/rules/${id}.md`, import.meta.url), 'utf8').catch(() => undefined),
  // The server ends the process itself when its client goes; a signal ends it too.
  serve: async () => {
    const { startServer } = await import('../lsp/start-server.ts');
    startServer();
    await new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve, { once: true }));
  },
};

/** Runs the command line in this thread. Returns the exit code; it does not reject. */
export async function runHere(): Promise<number> {
  onStopSignal((signal) => {
    // The second time somebody means it.
    if (signalReceived) process.exit(128 + constants.signals[signal]);
    signalReceived = signal;
    interrupted.abort(new Error(`Stopped by ${signal}`));
  });
  forgiveLostReaders();
  try {
    const code = await run(process.argv.slice(2), tools);
    return signalReceived ? 128 + constants.signals[signalReceived] : code;
  } catch (error) {
    if (signalReceived) {
      await io.stderr('asynclint: stopped; nothing was written\n');
      return 128 + constants.signals[signalReceived];
    }
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await io.stderr(
      `asynclint: something went wrong that is not your fault; please report it with these lines\n${details}\n`,
    );
    return 2;
  }
}
