// One timed run of a command, with the memory of all its processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

const sampleMilliseconds = 50;

/**
 * Runs a command to its end.
 * @returns {Promise<{ milliseconds: number, cpuMilliseconds: number, peakMegabytes: number, code: number, stdout: string, stderr: string }>} wall time; peak resident memory summed over the process tree (Linux only, else 0)
 */
export async function timed(command, args, options = {}) {
  const started = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => chunks[name].push(chunk));
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, treeMemory(child.pid));
  }, sampleMilliseconds);
  const [code] = await once(child, 'close');
  clearInterval(timer);
  return {
    milliseconds: performance.now() - started,
    peakMegabytes: peak / 1e6,
    code,
    stdout: Buffer.concat(chunks.stdout).toString(),
    stderr: Buffer.concat(chunks.stderr).toString(),
  };
}

/** Resident bytes of a process and everything below it. */
export function treeMemory(pid) {
  if (process.platform !== 'linux') return 0;
  const parents = new Map();
  const memory = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(name), Number(fields[1]));
      memory.set(Number(name), Number(fields[21]) * 4096);
    } catch {
      // It ended between the two looks.
    }
  }
  const isBelow = (at) => {
    for (let up = at; up !== undefined && up > 1; up = parents.get(up)) if (up === pid) return true;
    return false;
  };
  return [...memory].reduce((sum, [at, bytes]) => sum + (isBelow(at) ? bytes : 0), 0);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
