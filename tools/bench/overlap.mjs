// What overlapping gains: five functions of real projects, as they are and with the fix that the rules offer, with a
// simulated latency in what they ask. Nothing else of them is changed.
//   node tools/bench/overlap.mjs --matrix DIR --hono DIR --kit DIR [--latency 20]
// DIR are checkouts: matrix-js-sdk and hono at a version with the text below, SvelteKit at 40e56470950000dbbc3eac5500d208e038a03ed6.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from '../lib/paths.mjs';

const { values } = parseArgs({
  options: {
    matrix: { type: 'string' },
    hono: { type: 'string' },
    kit: { type: 'string' },
    latency: { type: 'string' },
  },
});
const latency = Number(values.latency ?? 20);
const wait = (answer) => sleep(latency, answer);

/** `edit` is the fix: what stands in the file, and what takes its place. `undo` where our own file has it already. */
const cases = [
  {
    name: 'asynclint workspacePackages, 12 packages',
    rule: 'await-in-loop',
    at: root,
    file: 'server/src/typescript/workspace-packages.ts',
    undo: true,
    edit: [
      `  const resolved = await Promise.all(
    members.map(({ name, at, manifest }) => resolvesByItself(host, root.directory, name, at, manifest)),
  );
`,
      `  const resolved = [];
  for (const { name, at, manifest } of members)
    resolved.push(await resolvesByItself(host, root.directory, name, at, manifest));
`,
    ],
    run: ({ workspacePackages }) => workspacePackages(workspaceHost(12), '/shop'),
  },
  {
    name: 'asynclint Disk.hasUnsaved, 8 open files',
    rule: 'sequential-awaits',
    at: root,
    file: 'server/src/engine/cache/disk.ts',
    undo: true,
    edit: [
      `    const [texts, hashes] = await Promise.all([
      Promise.all(open.map((path) => this.tools.read(path))),
      Promise.all(open.map((path) => this.hash(path))),
    ]);
`,
      `    const texts = await Promise.all(open.map((path) => this.tools.read(path)));
    const hashes = await Promise.all(open.map((path) => this.hash(path)));
`,
    ],
    run({ Disk }) {
      const disk = new Disk(
        { readFile: () => wait('text') },
        {
          time: () => 0,
          read: () => wait('text'),
          digest: (text) => text,
          stamp: () => wait({ id: '1', changedAt: 0 }),
        },
      );
      const paths = Array.from({ length: 8 }, (_, index) => `/file${index}`);
      for (const file of paths) disk.touched(file, true);
      return disk.hasUnsaved(paths);
    },
  },
  {
    name: 'matrix-js-sdk isStored, 3 keys',
    rule: 'await-in-loop',
    at: values.matrix,
    file: 'src/secret-storage.ts',
    edit: [
      `        for (const keyId of Object.keys(secretInfo.encrypted)) {
            // get key information from key storage
            const keyInfo = await this.accountDataAdapter.getAccountDataFromServer(\`m.secret_storage.key.\${keyId}\`);
            if (!keyInfo) continue;
            const encInfo = secretInfo.encrypted[keyId];

            // only use keys we understand the encryption algorithm of
            if (keyInfo.algorithm === SECRET_STORAGE_ALGORITHM_V1_AES) {
                if (encInfo.iv && encInfo.ciphertext && encInfo.mac) {
                    ret[keyId] = keyInfo;
                }
            }
        }
`,
      `        await Promise.all(Object.keys(secretInfo.encrypted).map(async (keyId) => {
            // get key information from key storage
            const keyInfo = await this.accountDataAdapter.getAccountDataFromServer(\`m.secret_storage.key.\${keyId}\`);
            if (!keyInfo) return;
            const encInfo = secretInfo.encrypted[keyId];

            // only use keys we understand the encryption algorithm of
            if (keyInfo.algorithm === SECRET_STORAGE_ALGORITHM_V1_AES) {
                if (encInfo.iv && encInfo.ciphertext && encInfo.mac) {
                    ret[keyId] = keyInfo;
                }
            }
        }));
`,
    ],
    run({ ServerSideSecretStorageImpl }) {
      const part = { iv: 'iv', ciphertext: 'text', mac: 'mac' };
      const secret = { encrypted: { a: part, b: part, c: part } };
      const key = { algorithm: 'm.secret_storage.v1.aes-hmac-sha2' };
      const getAccountDataFromServer = (name) => wait(name.startsWith('m.secret_storage.key') ? key : secret);
      return new ServerSideSecretStorageImpl({ getAccountDataFromServer }, {}).isStored('m.secret');
    },
  },
  {
    name: 'hono parseSigned, 4 cookies',
    rule: 'await-in-loop',
    at: values.hono,
    file: 'src/utils/cookie.ts',
    edit: [
      `  for (const [key, value] of Object.entries(parse(cookie, name))) {
    const signatureStartPos = value.lastIndexOf('.')
    if (signatureStartPos < 1) {
      continue
    }

    const signedValue = value.substring(0, signatureStartPos)
    const signature = value.substring(signatureStartPos + 1)
    if (signature.length !== 44 || !signature.endsWith('=')) {
      continue
    }

    const isVerified = await verifySignature(signature, signedValue, secretKey)
    parsedCookie[key] = isVerified ? signedValue : false
  }
`,
      `  await Promise.all(Object.entries(parse(cookie, name)).map(async ([key, value]) => {
    const signatureStartPos = value.lastIndexOf('.')
    if (signatureStartPos < 1) {
      return
    }

    const signedValue = value.substring(0, signatureStartPos)
    const signature = value.substring(signatureStartPos + 1)
    if (signature.length !== 44 || !signature.endsWith('=')) {
      return
    }

    const isVerified = await verifySignature(signature, signedValue, secretKey)
    parsedCookie[key] = isVerified ? signedValue : false
  }))
`,
    ],
    run({ parseSigned }) {
      const { subtle } = globalThis.crypto;
      Object.defineProperty(subtle, 'verify', { value: () => wait(true), configurable: true });
      const signature = `${'A'.repeat(43)}=`;
      const cookie = ['a', 'b', 'c', 'd'].map((name) => `${name}=1.${encodeURIComponent(signature)}`).join('; ');
      return parseSigned(cookie, 'secret');
    },
  },
  {
    name: 'SvelteKit adapter-static adapt',
    rule: 'sequential-awaits',
    at: values.kit,
    file: 'packages/adapter-static/index.js',
    edit: [
      `					await builder.compress(assets);

					builder.log.minor('Compressing pages');
					await builder.compress(pages);
`,
      `					builder.log.minor('Compressing pages');
					await Promise.all([builder.compress(assets), builder.compress(pages)]);
`,
    ],
    run({ default: adapter }) {
      const log = Object.assign(() => undefined, {
        minor: () => undefined,
        warn: () => undefined,
        info: () => undefined,
      });
      const nothing = () => undefined;
      const builder = { log, rimraf: nothing, writeClient: nothing, writePrerendered: nothing, compress: () => wait() };
      return adapter({ pages: 'pages', assets: 'assets', fallback: 'index.html', precompress: true }).adapt(builder);
    },
  },
];

function workspaceHost(count) {
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  const files = new Map([['/shop/package.json', JSON.stringify({ workspaces: ['packages/*'] })]]);
  for (const name of names)
    files.set(`/shop/packages/${name}/package.json`, JSON.stringify({ name, types: 'index.d.ts' }));
  const directories = { '/shop': ['packages'], '/shop/packages': names };
  return {
    readFile: (file) => wait(files.get(file)),
    kind: (file) => wait(file.includes('node_modules') ? 'directory' : undefined),
    list: (at) =>
      wait({
        files: files.has(`${at}/package.json`) ? ['package.json'] : [],
        directories: directories[at] ?? [],
      }),
    realpath: (file) => wait(file),
    now: () => 0,
  };
}

/** The file with or without the fix, bundled with what it imports. */
async function load({ at, file, edit: [from, to], undo = false }, fixed) {
  const source = await readFile(path.join(at, file), 'utf8');
  if (!source.includes(from)) throw new Error(`${file} does not have the text that the fix replaces`);
  const contents = fixed === undo ? source : source.replace(from, () => to);
  const { outputFiles } = await build({
    stdin: {
      contents,
      resolveDir: path.dirname(path.join(at, file)),
      sourcefile: file,
      loader: file.endsWith('ts') ? 'ts' : 'js',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    loader: { '.wasm': 'empty' },
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** The median of several runs, in milliseconds. */
async function time(run) {
  const times = [];
  // Runs beside each other would measure each other.
  for (let round = 0; round < 7; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[3];
}

console.log(`| function | rule | before | after | shorter by |\n|---|---|---|---|---|`);
for (const one of cases) {
  if (!one.at) continue;
  const [before, after] = await Promise.all([load(one, false), load(one, true)]);
  const old = await time(() => one.run(before));
  const now = await time(() => one.run(after));
  console.log(
    `| ${one.name} | ${one.rule} | ${old.toFixed(0)} ms | ${now.toFixed(0)} ms | ${((1 - now / old) * 100).toFixed(0)} % |`,
  );
}
