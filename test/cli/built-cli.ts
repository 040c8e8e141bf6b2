import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program, as people run it. `npm test` builds it first. */
export const builtCli = process.env['ASYNCLINT_CLI'] ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the program in a new folder, where it finds no compiler: it fails as soon as it needs one. */
export async function copyWithoutCompiler(): Promise<string> {
  const from = path.dirname(builtCli);
  const to = await mkdtemp(path.join(tmpdir(), 'asynclint-copy-'));
  const modules = (await readdir(from)).filter((name) => name.endsWith('.js'));
  await Promise.all(modules.map((name) => copyFile(path.join(from, name), path.join(to, name))));
  await writeFile(path.join(to, 'package.json'), '{ "type": "module" }');
  // Packages without a compiler hide whatever is installed in a folder above.
  for (const name of ['typescript', `@typescript/typescript-${process.platform}-${process.arch}`]) {
    await mkdir(path.join(to, 'node_modules', name), { recursive: true });
    await writeFile(path.join(to, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '0.0.0' }));
  }
  return path.join(to, path.basename(builtCli));
}

/** Runs the built program, or a copy of it, in a folder, with a cache folder of the test's. */
export function runBuilt(cwd: string, cache: string, argv: readonly string[], cli: string = builtCli): Promise<Ended> {
  if (!existsSync(cli)) throw new Error('There is no dist/cli.js; run npm run build first');
  const env = { ...process.env, GITHUB_ACTIONS: '', FORCE_COLOR: '', NO_COLOR: '1', XDG_CACHE_HOME: cache };
  const child = spawn(process.execPath, [cli, ...argv], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}
