// How long an edit takes to reach the screen: our server beside TypeScript's own, on the same file and edits.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as rpc from 'vscode-jsonrpc/node';

/**
 * Types into a file and waits for the diagnostics of each version.
 * @returns {Promise<{ first: number, edits: number[], report?: string }>} milliseconds to the first answer, and for each edit
 */
export async function editLatencies({ command, args, folder, file, edits, withReport }) {
  const child = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(child.stdout),
    new rpc.StreamMessageWriter(child.stdin),
  );
  connection.onRequest((method, params) =>
    method === 'workspace/configuration' ? params.items.map(() => null) : null,
  );
  connection.onNotification(() => {});
  connection.onError(() => {});
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  const uri = pathToFileURL(file).href;
  let text = readFileSync(file, 'utf8');
  let version = 1;
  const initialize = {
    processId: process.pid,
    rootUri,
    capabilities: {
      textDocument: { synchronization: {}, diagnostic: {}, publishDiagnostics: {} },
      workspace: { configuration: true, diagnostics: { refreshSupport: true } },
    },
    workspaceFolders: [{ uri: rootUri, name: 'bench' }],
  };
  try {
    await connection.sendRequest('initialize', initialize);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version, text },
    });
    const first = await diagnose(connection, uri);
    const latencies = [];
    for (let index = 0; index < edits; index++) {
      const line = text.split('\n').length - 1;
      const character = text.length - (text.lastIndexOf('\n') + 1);
      const inserted = `\nexport async function benchmark${index}() { await Promise.resolve(${index}); }`;
      text += inserted;
      version++;
      const started = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: { line, character }, end: { line, character } }, text: inserted }],
      });
      await diagnose(connection, uri);
      latencies.push(performance.now() - started);
    }
    const report = withReport ? (await connection.sendRequest('asynclint/report', {})).text : undefined;
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    return { first, edits: latencies, report };
  } finally {
    connection.dispose();
    child.kill();
  }
}

/** Asks until the answer is for the current text; a server may refuse while it is behind. */
async function diagnose(connection, uri) {
  const started = performance.now();
  for (;;) {
    try {
      await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      return performance.now() - started;
    } catch (error) {
      const superseded = error.code === serverCancelled || error.code === contentModified;
      if (!superseded) throw error;
    }
  }
}

const serverCancelled = -32802;
const contentModified = -32801;
