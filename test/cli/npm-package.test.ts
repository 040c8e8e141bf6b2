// What `npm pack` makes of server/, installed in a folder that knows nothing of the checkout.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { repository } from '../harness/workspace.ts';
import { folder } from './run-cli.ts';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

beforeAll(() => {
  if (!existsSync(path.join(repository, 'dist/cli.js')))
    throw new Error('There is no dist/cli.js; run npm run build first');
});

test('the npm package runs, with its pages and schemas, and leaves nothing behind in the checkout', async () => {
  const cwd = await folder({
    'package.json': '{ "type": "module" }',
    'a.ts': "async function save() {\n  throw new Error('no');\n}\nexport function click() {\n  save();\n}\n",
  });
  const before = await readdir(path.join(repository, 'server'));
  await run(npm, ['pack', './server', '--pack-destination', cwd], {
    cwd: repository,
    shell: process.platform === 'win32',
  });
  expect(await readdir(path.join(repository, 'server'))).toEqual(before);

  const [archive] = (await readdir(cwd)).filter((name) => name.endsWith('.tgz'));
  const modules = path.join(cwd, 'node_modules');
  await mkdir(modules);
  await run('tar', ['-xzf', archive ?? '', '-C', modules], { cwd });
  // As npm installs it, with the compiler beside it.
  for (const name of ['typescript', '@typescript'])
    await symlink(path.join(repository, 'node_modules', name), path.join(modules, name));
  const installed = path.join(modules, 'package');
  expect((await readdir(path.join(installed, 'schema'))).sort()).toEqual([
    'asynclint-knowledge.schema.json',
    'asynclint.schema.json',
  ]);
  expect(existsSync(path.join(installed, 'dist/extension.cjs'))).toBe(false);

  const asynclint = (...argv: string[]) =>
    run(process.execPath, [path.join(installed, 'dist/cli.js'), ...argv], { cwd });
  const { stdout: page } = await asynclint('rule', 'floating-promise');
  expect(page).toContain('# floating-promise');
  const { stdout } = await asynclint('check', '--no-cache', '--max-warnings', '9', '--format', 'json', 'a.ts');
  expect(JSON.parse(stdout).findings).toMatchObject([{ file: 'a.ts', rule: 'floating-promise' }]);
});
