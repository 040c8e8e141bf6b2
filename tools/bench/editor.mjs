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
  return withServer({ command, args, folder }, async (connection) => {
    const document = await opened(connection, file);
    const started = performance.now();
    await diagnose(connection, document.uri);
    const first = performance.now() - started;
    const latencies = [];
    for (let index = 0; index < edits; index++) {
      const inserted = `\nexport async function benchmark${index}() { await Promise.resolve(${index}); }`;
      const changed = performance.now();
      await replace(connection, document, document.text + inserted);
      await diagnose(connection, document.uri);
      latencies.push(performance.now() - changed);
    }
    const report = withReport ? (await connection.sendRequest('asynclint/report', {})).text : undefined;
    return { first, edits: latencies, report };
  });
}

/**
 * Changes a file on which others depend, by turns, and waits for the diagnostics of those that are open.
 * @param texts the texts that the file takes, one after the other
 * @returns {Promise<number[]>} milliseconds until all open files have their answer, for each change
 */
export async function refreshLatencies({ command, args, folder, file, open, texts, changes }) {
  return withServer({ command, args, folder }, async (connection) => {
    const document = await opened(connection, file);
    const dependants = [];
    for (const name of open) dependants.push(await opened(connection, name));
    const diagnoseAll = () => Promise.all([document, ...dependants].map(({ uri }) => diagnose(connection, uri)));
    await diagnoseAll();
    const latencies = [];
    for (let index = 0; index < changes; index++) {
      const changed = performance.now();
      await replace(connection, document, texts[index % texts.length]);
      await diagnoseAll();
      latencies.push(performance.now() - changed);
    }
    return latencies;
  });
}

/** Runs a language server for as long as it is asked something. */
async function withServer({ command, args, folder }, ask) {
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
    const answer = await ask(connection);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    return answer;
  } finally {
    connection.dispose();
    child.kill();
  }
}

async function opened(connection, file) {
  const document = { uri: pathToFileURL(file).href, version: 1, text: readFileSync(file, 'utf8') };
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { ...document, languageId: 'typescript' },
  });
  return document;
}

/** Sends only what an editor would: the part that is new. */
async function replace(connection, document, text) {
  let same = 0;
  while (same < text.length && text[same] === document.text[same]) same++;
  const range = { start: positionAt(document.text, same), end: positionAt(document.text, document.text.length) };
  document.text = text;
  document.version++;
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: document.uri, version: document.version },
    contentChanges: [{ range, text: text.slice(same) }],
  });
}

function positionAt(text, offset) {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - (before.lastIndexOf('\n') + 1) };
}

/** Asks until the answer is for the current text; a server may refuse while it is behind. */
async function diagnose(connection, uri) {
  for (;;) {
    try {
      await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      return;
    } catch (error) {
      const superseded = error.code === serverCancelled || error.code === contentModified;
      if (!superseded) throw error;
    }
  }
}

const serverCancelled = -32802;
const contentModified = -32801;
