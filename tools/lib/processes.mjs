// Child processes with an owner. Only node's built-in modules: this runs before anything is installed.
// Invariant: a process started here ends, with everything that it started, when this process ends or is interrupted.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './paths.mjs';

const windows = process.platform === 'win32';
const running = new Set();

/**
 * Starts a command in a process group of its own, so that `endTree` reaches what it starts in turn.
 * Options are those of `child_process.spawn`.
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, ...options, detached: !windows, windowsHide: true });
  running.add(child);
  // The group may outlive its leader: a leader that ended stays in the set until somebody ends the group.
  child.on('error', () => running.delete(child));
  return child;
}

/**
 * Runs a command to its end, with its output in `.run/logs/<log>.log`, or on this terminal where no log is named.
 * Resolves to its exit code (or 1 for a signal). Rejects where it cannot be started.
 */
export async function run(command, args, { log, ...options } = {}) {
  const child = start(command, args, { ...options, stdio: log === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  let closed = Promise.resolve();
  if (log !== undefined) {
    const file = createWriteStream(logFile(log));
    closed = new Promise((resolve) => file.on('close', resolve));
    let open = 2;
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(file, { end: false });
      stream.on('end', () => --open === 0 && file.end());
    }
  }
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
  await closed;
  running.delete(child);
  return code;
}

/** Like `run`, but a failure throws, with the end of the log. */
export async function mustRun(what, command, args, options) {
  const code = await run(command, args, options);
  if (code === 0) return;
  const said = options?.log === undefined ? '' : `\n${tail(options.log)}`;
  throw new Error(`${what} failed (exit code ${code}).${said}`);
}

/** npm as a command and its first arguments. On Windows it is a script, which only a shell can start. */
export function npm(args) {
  if (process.env.npm_execpath?.endsWith('.js')) return [process.execPath, [process.env.npm_execpath, ...args], {}];
  return ['npm', args, { shell: windows }];
}

/** Runs npm quietly; see `mustRun`. */
export async function mustRunNpm(what, args, { log, env, ...options } = {}) {
  const [command, full, extra] = npm(args);
  const quiet = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };
  await mustRun(what, command, full, { log, ...options, ...extra, env: { ...process.env, ...quiet, ...env } });
}

/** The last lines of a log. */
export function tail(log, lines = 40) {
  return readFileSync(logFile(log), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** The path of a log, whose folder exists. */
export function logFile(log) {
  const folder = path.join(root, '.run', 'logs');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, `${log}.log`);
}

/** Ends a process and everything that it started: asks first, then insists. */
export async function endTree(child) {
  running.delete(child);
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    signalGroup(child.pid, signal);
    for (let waited = 0; waited < 5000 && signalGroup(child.pid, 0); waited += 50) await sleep(50);
  }
}

/** Ends everything that was started here and still runs. */
export async function endAll() {
  await Promise.all([...running].map(endTree));
}

/** Waits; the only clock that tools need. */
export function sleep(milliseconds) {
  return wait(milliseconds);
}

/** False where the group is gone. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

let ending = false;

/** Whether a signal has come and everything is being ended: what fails from then on is no news. */
export function interrupted() {
  return ending;
}

/** Ctrl-C, a closed terminal and `kill` all end the children first. `then` runs after that, and before the exit. */
export function endChildrenOnSignals(then = () => {}) {
  const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
  for (const [signal, number] of Object.entries(numbers)) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      // Whatever becomes of the children, the signal ends this process.
      void endAll()
        .then(then)
        .catch((error) => console.error(error))
        .then(() => process.exit(128 + number));
    });
  }
}
