// Brings what the build and the tests need onto a bare machine. Only node's built-in modules.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { mustRun, mustRunNpm } from './processes.mjs';
import { step } from './progress.mjs';

/** Throws where this Node is too old to go on. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`asynclint needs Node 20.19 or newer to build; this is ${process.versions.node}.`);
}

/** `npm ci`, unless node_modules already holds what the lockfile names. No install scripts: nothing here needs one. */
export async function installPackages() {
  if (installed()) return;
  // Whatever the machine's npm leaves out by habit (`NODE_ENV=production` does): the tools are development packages, and
  // the native compiler is an optional one.
  const ci = ['ci', '--ignore-scripts', '--include=dev', '--include=optional'];
  await step('npm ci', () => mustRunNpm('npm ci', ci, { log: 'npm-ci' }));
}

function installed() {
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([where, entry]) => {
    if (!where.startsWith('node_modules/') || entry.link) return true;
    // Packages for other platforms are optional, and absent here.
    return present[where]?.version === entry.version || (present[where] === undefined && entry.optional === true);
  });
}

/** Chromium or Chrome as a path: `CHROMIUM`, what the system has, or what Debian's package manager can bring. */
export async function findBrowser() {
  const known = browser();
  if (known !== undefined) return known;
  await aptInstall(['chromium']);
  const found = browser();
  if (found !== undefined) return found;
  throw new Error('There is no Chromium or Chrome here. Install one, or name it in the environment variable CHROMIUM.');
}

/** Sees to it that native modules can be built: from Debian's package manager where it is at hand. Throws where they cannot. */
export async function requireBuildTools() {
  const missing = () => ['python3', 'make', 'g++'].filter((name) => !onPath(name));
  if (missing().length > 0) await aptInstall(missing());
  if (missing().length > 0) throw new Error(`There is no ${missing().join(' and no ')} here.`);
}

function onPath(name) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name)));
}

/** Installs packages of the system, where that can be done without asking anybody. */
async function aptInstall(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const what = `apt-get install ${packages.join(' ')}`;
  await step(what, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get update', 'apt-get', ['update', '-qq'], { log: 'apt-update', env });
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
    await mustRun(what, 'apt-get', install, { log: 'apt-install', env });
  });
}

function browser() {
  const places = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((place) => place !== undefined && place !== '' && existsSync(place));
}
