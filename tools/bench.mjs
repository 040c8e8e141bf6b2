// Measures speed and memory beside the peers, always as ratios of runs that were made in turn on the same files.
//   npm run bench                          made-up projects of five sizes, and one file with a hundred dependants
//   npm run bench -- FOLDER [--tsconfig FILE] [--file FILE] [--rounds N] [--without eslint,oxlint] [--json OUT]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { editLatencies, refreshLatencies } from './bench/editor.mjs';
import { generateHub, generateProject } from './bench/generate.mjs';
import { matchingRules } from './bench/matching-rules.mjs';
import { median, timed } from './bench/measure.mjs';

const root = path.resolve(import.meta.dirname, '..');
const peers = path.join(import.meta.dirname, 'bench');
const cli = path.join(root, 'dist/cli.js');
const sizes = [125, 250, 500, 1000, 2000];
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tsconfig: { type: 'string', default: 'tsconfig.json' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    edits: { type: 'string', default: '15' },
    without: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const skipped = new Set(options.without.split(','));
const matching = await matchingRules(root, path.join(peers, 'oxlintrc.json'));

if (!existsSync(cli)) {
  console.error('dist/cli.js is not there: run `npm run build` first.');
  process.exit(2);
}
if (!existsSync(path.join(peers, 'node_modules'))) {
  console.log('Installing the peers into tools/bench …');
  execFileSync('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peers,
    stdio: 'inherit',
  });
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}\n`,
);

const names = {
  asynclint: 'asynclint, all recommended rules',
  matching: `asynclint, the ${matching.length} rules that match the peers'`,
  oxlint: 'oxlint --type-aware',
  eslint: 'typescript-eslint',
  tsc: 'tsc --noEmit',
};
console.log(`Rules that match the peers' configuration: ${matching.join(', ')}\n`);
const report = { node: process.version, cpus: cpus().length, load: loadavg(), projects: [] };
if (positionals.length > 0) {
  for (const folder of positionals) report.projects.push(await measureProject(path.resolve(folder), options.tsconfig));
} else {
  const temporary = mkdtempSync(path.join(tmpdir(), 'asynclint-bench-'));
  try {
    for (const size of sizes) {
      const folder = path.join(temporary, String(size));
      generateProject(folder, size);
      report.projects.push({ size, ...(await measureProject(folder, 'tsconfig.json')) });
    }
    report.dependants = await measureDependants(path.join(temporary, String(sizes.at(-1))));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const perModule = report.projects.map(({ size, tools }) => tools.asynclint.milliseconds / size);
  console.log(
    `\nMilliseconds a module, from the smallest to the largest project: ${perModule.map((ms) => ms.toFixed(2)).join(' ')}`,
  );
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);

async function measureProject(folder, tsconfig) {
  const bin = path.join(peers, 'node_modules/.bin');
  const ts7 = path.join(root, 'node_modules/.bin/tsc');
  const files = projectFiles(folder, tsconfig);
  const list = path.join(mkdtempSync(path.join(tmpdir(), 'asynclint-bench-')), 'files.txt');
  writeFileSync(list, files.map((file) => path.relative(folder, file)).join('\n'));
  const relative = files.map((file) => path.relative(folder, file));
  // The work is measured, not what an earlier run has kept of it. In this format, as in the peers', no fixes are computed.
  const check = [cli, 'check', '--no-cache', '-p', tsconfig, '--format', 'github'];
  const tools = {
    asynclint: () => timed(process.execPath, check, { cwd: folder }),
    matching: () => timed(process.execPath, [...check, '--only', matching.join(',')], { cwd: folder }),
    oxlint: () =>
      timed(
        path.join(bin, 'oxlint'),
        [
          '--type-aware',
          '-c',
          path.join(peers, 'oxlintrc.json'),
          '--disable-nested-config',
          '--no-ignore',
          `--threads=${cpus().length}`,
          '-f',
          'json',
          ...relative,
        ],
        {
          cwd: folder,
          env: { ...process.env, OXLINT_TSGOLINT_PATH: path.join(bin, 'tsgolint') },
        },
      ),
    eslint: () =>
      timed(process.execPath, ['--max-old-space-size=12000', path.join(peers, 'eslint-run.mjs'), folder, list], {
        cwd: peers,
      }),
    tsc: () => timed(ts7, ['--noEmit', '-p', tsconfig], { cwd: folder }),
  };
  const runs = {};
  const rounds = Number(options.rounds);
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(tools)) {
      // The slowest peer needs no more than one look.
      if (skipped.has(name) || (name === 'eslint' && round > 0)) continue;
      (runs[name] ??= []).push(await run());
    }
  }
  const summary = Object.fromEntries(
    Object.entries(runs).map(([name, list]) => [
      name,
      {
        milliseconds: median(list.map((run) => run.milliseconds)),
        megabytes: Math.max(...list.map((run) => run.peakMegabytes)),
        code: list[0].code,
      },
    ]),
  );
  const again = await measureAgain(folder, tsconfig, path.join(path.dirname(list), 'cache'));
  rmSync(path.dirname(list), { recursive: true, force: true });
  const ours = summary.asynclint.milliseconds;
  console.log(`${path.basename(folder)}: ${files.length} files`);
  console.log(
    '| tool | wall s | all of ours / theirs | our matching rules / theirs | peak MB |\n|---|---|---|---|---|',
  );
  for (const [name, { milliseconds, megabytes }] of Object.entries(summary)) {
    const isOurs = name === 'asynclint' || name === 'matching';
    const ratio = (own) => (isOurs || own === undefined ? '' : (own / milliseconds).toFixed(2));
    const ratios = `${ratio(ours)} | ${ratio(summary.matching?.milliseconds)}`;
    console.log(`| ${names[name]} | ${(milliseconds / 1000).toFixed(2)} | ${ratios} | ${megabytes.toFixed(0)} |`);
  }
  console.log(
    `again with nothing changed: ${(again.second / 1000).toFixed(2)} s after ${(again.first / 1000).toFixed(2)} s (ratio ${(again.second / again.first).toFixed(2)})`,
  );
  const editor = await measureEditor(folder, options.file ? path.resolve(folder, options.file) : largest(files));
  return { folder: path.basename(folder), files: files.length, tools: summary, again, editor };
}

/** A first run with an empty cache, and the second, in milliseconds. */
async function measureAgain(folder, tsconfig, cache) {
  const args = [cli, 'check', '-p', tsconfig, '--format', 'json', '--cache-location', cache];
  const first = await timed(process.execPath, args, { cwd: folder });
  const second = await timed(process.execPath, args, { cwd: folder });
  return { first: first.milliseconds, second: second.milliseconds };
}

async function measureEditor(folder, file) {
  const edits = Number(options.edits);
  const native = nativeCompiler();
  const ours = await editLatencies({
    command: process.execPath,
    args: [cli, 'lsp', '--stdio'],
    folder,
    file,
    edits,
    withReport: true,
  });
  const theirs = await editLatencies({
    command: native,
    args: ['--lsp', '--stdio'],
    folder,
    file,
    edits,
    withReport: false,
  });
  const stall = /longest.*?([\d.]+)\s*ms/i.exec(ours.report ?? '')?.[1];
  const line = `edit to diagnostics in ${path.relative(folder, file)}: ours ${median(ours.edits).toFixed(0)} ms, TypeScript's own ${median(theirs.edits).toFixed(0)} ms (ratio ${(median(ours.edits) / median(theirs.edits)).toFixed(2)}); first answer ${ours.first.toFixed(0)} / ${theirs.first.toFixed(0)} ms`;
  console.log(`${line}${stall === undefined ? '' : `; the event loop stood still for at most ${stall} ms`}\n`);
  return {
    file: path.relative(folder, file),
    ours: median(ours.edits),
    theirs: median(theirs.edits),
    longestStall: stall === undefined ? null : Number(stall),
  };
}

/** A change in a file with a hundred dependants, twenty of them open: until all of those have their answer, in milliseconds. */
async function measureDependants(folder) {
  const { hub, texts, dependants } = generateHub(folder);
  const edit = {
    folder,
    file: hub,
    open: dependants.slice(0, 20),
    texts: [...texts].reverse(),
    changes: Number(options.edits),
  };
  const ours = median(await refreshLatencies({ command: process.execPath, args: [cli, 'lsp', '--stdio'], ...edit }));
  const theirs = median(await refreshLatencies({ command: nativeCompiler(), args: ['--lsp', '--stdio'], ...edit }));
  console.log(
    `\nchange to 20 open files out of 100 dependants: ours ${ours.toFixed(0)} ms, TypeScript's own ${theirs.toFixed(0)} ms (ratio ${(ours / theirs).toFixed(2)})`,
  );
  return { ours, theirs };
}

/** The project's own files, as TypeScript lists them. */
function projectFiles(folder, tsconfig) {
  const tsc = path.join(root, 'node_modules/.bin/tsc');
  let text = '';
  try {
    text = execFileSync(tsc, ['--listFilesOnly', '-p', tsconfig], { cwd: folder, maxBuffer: 1 << 28 }).toString();
  } catch (error) {
    text = String(error.stdout); // Complaints about options do not keep it from listing.
  }
  return text
    .split('\n')
    .filter((file) => path.isAbsolute(file) && !file.includes('node_modules') && !file.endsWith('.d.ts'));
}

function largest(files) {
  return files.map((file) => ({ file, size: readFileSync(file).length })).sort((a, b) => b.size - a.size)[0].file;
}

function nativeCompiler() {
  const binary = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  return path.join(root, `node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/${binary}`);
}
