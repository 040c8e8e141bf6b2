import { RequestType } from 'vscode-languageserver/node';
import { typescriptVersion } from '../typescript/native.ts';
import type { CrashCount } from './crash-count.ts';
import type { EventLoopWatch } from './event-loop.ts';
import type { ServerContext } from './server-context.ts';
import type { Status } from './status.ts';

/** `fresh` begins the measurement of the event loop again after this report. */
const reportRequest = new RequestType<{ readonly fresh?: boolean } | undefined, { readonly text: string }, void>(
  'asynclint/report',
);

/** What is worth knowing about the process that the server runs in. */
export interface Machine {
  readonly platform: string;
  readonly node: string;
  readonly serverVersion: string;
  /** Milliseconds of processor time that the process has used. */
  computed(): number;
  memory(): { readonly rss: number; readonly heapUsed: number };
}

/** Answers `asynclint/report`: what a bug report needs to say about the server, without any source text. */
export function answerReports(
  context: ServerContext,
  status: Status,
  crashes: CrashCount,
  watch: EventLoopWatch,
  machine: Machine,
): void {
  const { connection, settings, documents, analysis, linter, abilities, log } = context;
  connection.onRequest(reportRequest, (params) => {
    const { rss, heapUsed } = machine.memory();
    const { tsconfig, config, state, message, lastRunMilliseconds, findings } = status.current;
    const lines = [
      `server ${machine.serverVersion} on Node ${machine.node}, ${machine.platform}`,
      `TypeScript ${typescriptVersion}, process ${linter.compilerPid ?? 'not running'}, ended ${crashes.total} times`,
      `state: ${state}${message === undefined ? '' : `, ${message}`}`,
      `memory: ${megabytes(heapUsed)} MB used of the heap, ${megabytes(rss)} MB resident`,
      `event loop: longest stall ${watch.longest.computing.toFixed(1)} ms computing, ${watch.longest.milliseconds.toFixed(1)} ms in all`,
      `diagnostics: ${abilities.pullsDiagnostics ? 'asked for by the client' : 'sent to the client'}`,
      `settings: ${JSON.stringify(settings.current)}`,
      `folders: ${settings.folders.map(({ path }) => path).join(', ') || 'none'}`,
      `open documents: ${documents.all().length}, results kept: ${analysis.known().size}, findings: ${findings ?? 0}`,
      `config: ${config ?? 'none, defaults'}`,
      `tsconfig: ${tsconfig ?? 'none'}`,
      `last run: ${lastRunMilliseconds === undefined ? 'none yet' : `${lastRunMilliseconds} ms`}`,
      `last error: ${log.lastError ?? 'none'}`,
    ];
    if (params?.fresh) watch.forget();
    return { text: lines.join('\n') };
  });
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
