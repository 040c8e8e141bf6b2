// The native TypeScript compiler of any platform, for packaging. Only what npm's lockfile vouches for is used.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { mustRun, mustRunNpm } from './processes.mjs';

/** VS Code's platform names, and the compiler of each. The compiler is linked statically, so that Alpine's is Linux's. */
export const targets = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linux-x64',
  'alpine-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

/** The target of this machine. */
export function hostTarget() {
  const alpine = process.platform === 'linux' && existsSync('/etc/alpine-release');
  return `${alpine ? 'alpine' : process.platform}-${process.arch}`;
}

/** Copies the compiler of `target` and its library files into `folder`, which is emptied first. */
export async function placeCompiler(target, folder) {
  const source = await compilerFolder(targets[target]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The signature is for those who download the binary by hand.
  cpSync(path.join(source, 'lib'), folder, { recursive: true, filter: (file) => !file.endsWith('.sig') });
  for (const file of ['LICENSE', 'NOTICE.txt']) cpSync(path.join(source, file), path.join(folder, file));
}

async function compilerFolder(platform) {
  const name = `@typescript/typescript-${platform}`;
  const installed = path.join(root, 'node_modules', name);
  return existsSync(installed) ? installed : await download(name);
}

/** `npm pack`, checked against the lockfile, unpacked into .run/native. */
async function download(name) {
  const entry = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
  if (entry === undefined) throw new Error(`package-lock.json does not know ${name}.`);
  const folder = path.join(root, '.run', 'native', `${name.split('/')[1]}-${entry.version}`);
  if (existsSync(path.join(folder, 'package', 'lib'))) return path.join(folder, 'package');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pack = ['pack', `${name}@${entry.version}`, '--pack-destination', folder];
  await mustRunNpm(`Downloading ${name}`, pack, { log: 'npm-pack' });
  const archive = path.join(folder, `${name.slice(1).replace('/', '-')}-${entry.version}.tgz`);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (integrity !== entry.integrity) throw new Error(`${name} is not what package-lock.json says.`);
  await mustRun(`Unpacking ${name}`, 'tar', ['-xzf', path.basename(archive)], { cwd: folder, log: 'untar' });
  rmSync(archive);
  return path.join(folder, 'package');
}
