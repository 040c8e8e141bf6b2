// Runs the embedded VS Code on 127.0.0.1 with a profile of its own. Only node's built-in modules.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { embedded } from './embedded-vscode.mjs';
import { root } from './paths.mjs';
import { endTree, mustRun, sleep, start } from './processes.mjs';

/** Settings that keep the window quiet: nothing opens, downloads or asks by itself. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'editor.stickyScroll.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.autoSave': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
};

/**
 * A profile (settings, extensions, server data) in `folder`; what an earlier run left there is removed.
 * @param {string} folder
 * @param {Readonly<Record<string, unknown>>} settings
 */
export function freshProfile(folder, settings = {}) {
  rmSync(folder, { recursive: true, force: true });
  const profile = {
    folder,
    userData: path.join(folder, 'user'),
    extensions: path.join(folder, 'extensions'),
    serverData: path.join(folder, 'server'),
  };
  mkdirSync(path.join(profile.userData, 'User'), { recursive: true });
  mkdirSync(profile.extensions, { recursive: true });
  const text = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
  writeFileSync(path.join(profile.userData, 'User', 'settings.json'), text);
  return profile;
}

/** Installs a .vsix into a profile. */
export async function installExtension(profile, vsix) {
  const args = [...profileArguments(profile), '--install-extension', vsix, '--force'];
  await mustRun('Installing the extension', embedded.node, [embedded.serverMain, ...args], {
    log: `${path.basename(profile.folder)}-install`,
    env: serverEnvironment(),
  });
}

/**
 * Starts VS Code's server and waits until it answers. Whoever has the token may use it, and nobody else;
 * it ends by `stop`, with everything that it started.
 * @param {{ readonly folder: string, readonly userData: string, readonly extensions: string, readonly serverData: string }} profile
 * @param {{ readonly args?: readonly string[], readonly env?: Readonly<Record<string, string>> }} options
 */
export async function serve(profile, { args = [], env = {} } = {}) {
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  const logFile = path.join(profile.folder, 'server.log');
  const log = openSync(logFile, 'w');
  const address = ['--host', '127.0.0.1', '--port', String(port), '--connection-token', token];
  const all = [embedded.serverMain, ...address, '--disable-workspace-trust', ...profileArguments(profile), ...args];
  const child = start(embedded.node, all, { env: serverEnvironment(env), stdio: ['ignore', log, log] });
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  const pidFile = path.join(profile.folder, 'server.pid');
  writeFileSync(pidFile, String(child.pid));
  const stop = async () => {
    await endTree(child);
    rmSync(pidFile, { force: true });
  };
  for (let waited = 0; ; waited += 100) {
    const answers = await fetch(`http://127.0.0.1:${port}/version`, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) break;
    if (ended || waited > 60_000) {
      await stop();
      throw new Error(`VS Code's server did not start.\n${readFileSync(logFile, 'utf8').slice(-3000)}`);
    }
    await sleep(100);
  }
  return { authority: `127.0.0.1:${port}`, token, child, stop };
}

/** Ends servers whose owner was killed before it could end them: those that wrote a server.pid below `.run`. */
export function endForgottenServers() {
  const runs = path.join(root, '.run');
  for (const name of existsSync(runs) ? readdirSync(runs) : []) {
    const folder = path.join(runs, name);
    const file = path.join(folder, 'server.pid');
    if (!existsSync(file)) continue;
    const pid = Number(readFileSync(file, 'utf8'));
    rmSync(file, { force: true });
    try {
      // The number may be another process's by now.
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

/**
 * The address that opens `folder` in a browser. `payload` are pairs that VS Code's web workbench understands.
 * @param {{ readonly authority: string, readonly token: string }} server
 * @param {string} folder
 * @param {readonly (readonly string[])[]} payload
 */
export function workbenchUrl(server, folder, payload = []) {
  const query = new URLSearchParams({ tkn: server.token, folder, payload: JSON.stringify(payload) });
  return `http://${server.authority}/?${query}`;
}

/** How the workbench calls a file of the machine on which the server runs. */
export function remoteUri(server, file) {
  return `vscode-remote://${server.authority}${encodeURI(file)}`;
}

function profileArguments(profile) {
  return [
    '--accept-server-license-terms',
    '--telemetry-level=off',
    '--server-data-dir',
    profile.serverData,
    '--user-data-dir',
    profile.userData,
    '--extensions-dir',
    profile.extensions,
  ];
}

/** `EXTENSIONS_GALLERY` switches the marketplace off, which cannot be reached from everywhere. */
function serverEnvironment(extra = {}) {
  const PATH = `${path.dirname(embedded.node)}${path.delimiter}${process.env.PATH}`;
  return { ...process.env, PATH, EXTENSIONS_GALLERY: '{}', ...extra };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
