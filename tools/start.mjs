// `npm start`: from a bare clone to VS Code on examples/ with the extension in it. Only node's built-in modules.
//   --embedded   the VS Code from npm, in a browser, even where a desktop one is installed
import path from 'node:path';
import { parseArgs } from 'node:util';
import { endDesktopVSCode, findDesktopVSCode, openDesktopVSCode } from './lib/desktop-vscode.mjs';
import { freshProfile, installExtension, remoteUri, serve, workbenchUrl } from './lib/embedded-server.mjs';
import { installEmbeddedVSCode } from './lib/embedded-vscode.mjs';
import { installPackages, requireNode } from './lib/install.mjs';
import { hostTarget } from './lib/native-compiler.mjs';
import { root } from './lib/paths.mjs';
import { endAll, endChildrenOnSignals, interrupted, mustRun } from './lib/processes.mjs';
import { step } from './lib/progress.mjs';
import { vsixPath } from './lib/vsix.mjs';

const examples = path.join(root, 'examples');
const first = path.join(examples, 'floating', 'forgotten.ts');

let atEnd = () => {};
endChildrenOnSignals(() => atEnd());

try {
  await main();
} catch (error) {
  if (!interrupted()) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await endAll();
}

async function main() {
  const { values } = parseArgs({ options: { embedded: { type: 'boolean', default: false } } });
  requireNode();
  console.log('asynclint: install, build, package, and open VS Code on examples/');
  await installPackages();
  const node = process.execPath;
  await step('Build', () => mustRun('The build', node, [path.join(root, 'tools/build.mjs')], { log: 'build' }));
  const make = [path.join(root, 'tools/package.mjs'), '--no-build'];
  await step('Package', () => mustRun('The packaging', node, make, { log: 'package' }));
  const vsix = vsixPath(hostTarget());
  const code = values.embedded ? undefined : findDesktopVSCode();
  await (code === undefined ? openInBrowser(vsix) : openOnDesktop(code, vsix));
}

async function openOnDesktop(code, vsix) {
  const profile = freshProfile(path.join(root, '.run', 'start-desktop'));
  atEnd = () => endDesktopVSCode(profile);
  console.log(`\n  VS Code opens (${code}), with a profile of its own. Close its window or press Ctrl-C to end.\n`);
  await openDesktopVSCode(code, profile, vsix, examples, first);
}

async function openInBrowser(vsix) {
  await installEmbeddedVSCode();
  const profile = freshProfile(path.join(root, '.run', 'start'));
  await step('Install the extension', () => installExtension(profile, vsix));
  const server = await step('Start VS Code', () => serve(profile));
  const url = workbenchUrl(server, examples, [['openFile', remoteUri(server, first)]]);
  console.log(`\n  Open this in a browser:\n\n    ${url}\n\n  Ctrl-C ends it.\n`);
  const code = await new Promise((resolve) => server.child.on('exit', resolve));
  throw new Error(`VS Code's server ended (exit code ${code}); its log is .run/start/server.log.`);
}
