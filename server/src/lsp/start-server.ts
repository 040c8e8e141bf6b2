import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../package.json' with { type: 'json' };
import { initializeResult } from './initialize.ts';
import { type RunningServer, runServer } from './run-server.ts';

/**
 * Starts the language server on the transport that the command line names (`--stdio`, `--node-ipc`, `--socket=…`,
 * `--pipe=…`), else on stdio. It runs until the client says `exit`, or is gone.
 */
export function startServer(): void {
  const hasTransport = process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(argument));
  const connection = hasTransport
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  // No promise is meant to end here; but a library may drop one, and an editor without its server is worse off than one
  // with a line in its log.
  process.on('unhandledRejection', (reason) => {
    connection.console.error(`A rejection reached nobody: ${reason instanceof Error ? reason.stack : String(reason)}`);
  });
  let server: RunningServer | undefined;
  connection.onInitialize(async (params) => {
    server = await runServer(connection, params, {
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
      serverVersion: manifest.version,
      computed: () => {
        // Newer versions of Node know about this very thread; older ones count the garbage collector's helpers too.
        const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
        return (user + system) / 1000;
      },
      memory: () => process.memoryUsage(),
    });
    return initializeResult(params, manifest.version);
  });
  connection.onInitialized(() => server?.begin());
  connection.onShutdown(() => server?.close());
  connection.listen();
}
