// Makes the .vsix: `npm run package`, or `npm run package -- --target win32-arm64` (several, or `all`).
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hostTarget, placeCompiler, targets } from './lib/native-compiler.mjs';
import { root } from './lib/paths.mjs';
import { endChildrenOnSignals, mustRun, tail } from './lib/processes.mjs';
import { vsixPath } from './lib/vsix.mjs';

const native = path.join(root, 'dist', 'native');
// A checkout finds its compiler in node_modules; a copy for another platform must not stay in its way.
const removeNative = () => rmSync(native, { recursive: true, force: true });

endChildrenOnSignals(removeNative);
const { values } = parseArgs({
  options: { target: { type: 'string', multiple: true }, 'no-build': { type: 'boolean', default: false } },
});
const asked = values.target ?? [hostTarget()];
const chosen = asked.includes('all') ? Object.keys(targets) : asked;
const unknown = chosen.find((target) => targets[target] === undefined);
if (unknown !== undefined) {
  console.error(`There is no target ${unknown}. Targets: ${Object.keys(targets).join(', ')}, all.`);
  process.exit(2);
}
if (!values['no-build']) await mustRun('The build', process.execPath, [path.join(root, 'tools/build.mjs')]);
try {
  for (const target of chosen) await makePackage(target);
} finally {
  removeNative();
}

async function makePackage(target) {
  await placeCompiler(target, native);
  const file = vsixPath(target);
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  // Dependencies are bundled. `--no-rewrite-relative-links`: the README's links are for readers of the repository.
  const args = ['package', '--target', target, '--no-dependencies', '--no-rewrite-relative-links', '--out', file];
  await mustRun('vsce', process.execPath, [vsce, ...args, '--allow-missing-repository'], { log: 'vsce' });
  const lines = tail('vsce', 400).split('\n');
  console.log(lines.filter((line) => !/lib\..*\.d\.ts/.test(line)).join('\n'));
  console.log(`${path.relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}
