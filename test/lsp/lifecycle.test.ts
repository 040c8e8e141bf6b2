import { execFile, fork, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { Client, cli, until } from './support/client.ts';
import { edit, saveAndClick } from './support/projects.ts';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function untilGone(pid: number): Promise<true> {
  return until(`process ${pid} ends`, () => !isRunning(pid) || undefined);
}

describe('the compiler', () => {
  for (const pulls of [true, false]) {
    test(`is started again when it dies (diagnostics are ${pulls ? 'asked for' : 'sent'})`, async () => {
      const { folder, client } = await edit(saveAndClick, { pulls });
      const file = folder.file('click.ts');
      await client.open(file);
      await client.untilFound(file, ['floating-promise 6']);
      const first = await client.compilerPid();
      process.kill(first, 'SIGKILL');
      await untilGone(first);
      await client.replace(file, '// Called by the button.', '// Called\n// by the button.');
      await client.untilFound(file, ['floating-promise 7']);
      expect(await client.compilerPid()).not.toBe(first);
      expect(client.server.exitCode).toBeNull();
    });
  }

  test('may die while it is asked', async () => {
    const { folder, client } = await edit(saveAndClick);
    const file = folder.file('click.ts');
    await client.open(file);
    await client.diagnostics(file);
    const pid = await client.compilerPid();
    await client.replace(file, 'save(1)', 'save(2)');
    const asked = client.found(file);
    await new Promise((resolve) => setTimeout(resolve, 30));
    process.kill(pid, 'SIGKILL');
    expect(await asked).toEqual(['floating-promise 6']);
  });

  test('is left alone after five deaths in three minutes, and the status says what to do', async () => {
    const { folder, client } = await edit(saveAndClick);
    const file = folder.file('click.ts');
    await client.open(file);
    for (let death = 1; death <= 5; death++) {
      await client.replace(file, /save\(\d\)/.exec(client.text(file))?.[0] ?? '', `save(${death})`);
      await client.diagnostics(file);
      const pid = await client.compilerPid();
      process.kill(pid, 'SIGKILL');
      await untilGone(pid);
      await until(
        'the death is noticed',
        async () => (await client.report()).includes(`ended ${death} times`) || undefined,
      );
    }
    const status = await client.untilStatus('stopped', ({ state }) => state === 'stopped');
    expect(status.message).toMatch(/five times in three minutes\. Restart the server/);
    expect(await client.diagnostics(file)).toEqual([]);
    expect(await client.actions(file, 'save(')).toEqual([]);
  });
});

describe('the server', () => {
  test('ends with its compiler when it is told to', async () => {
    const { folder, client } = await edit(saveAndClick, { stops: false });
    await client.open(folder.file('click.ts'));
    await client.diagnostics(folder.file('click.ts'));
    const pid = await client.compilerPid();
    await client.stop();
    await untilGone(pid);
  });

  test('ends with 1 when it is told to exit without a shutdown', async () => {
    const { client } = await edit(saveAndClick, { stops: false });
    await client.connection.sendNotification(ExitNotification.type);
    expect(await client.exited).toBe(1);
  });

  test('ends with its compiler when the pipe breaks', async () => {
    const { folder, client } = await edit(saveAndClick, { stops: false });
    await client.open(folder.file('click.ts'));
    await client.diagnostics(folder.file('click.ts'));
    const pid = await client.compilerPid();
    client.server.stdin?.end();
    expect(await client.exited).toBe(1);
    await untilGone(pid);
  });

  test('ends with its compiler when the editor is gone', async () => {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { folder, client } = await edit(saveAndClick, { stops: false, processId: editor.pid ?? null });
    await client.open(folder.file('click.ts'));
    await client.diagnostics(folder.file('click.ts'));
    const pid = await client.compilerPid();
    editor.kill();
    expect(await client.exited).toBe(1);
    await untilGone(pid);
  });

  test('ends with its compiler when it is killed', async () => {
    const { folder, client } = await edit(saveAndClick, { stops: false });
    await client.open(folder.file('click.ts'));
    await client.diagnostics(folder.file('click.ts'));
    const pid = await client.compilerPid();
    client.server.kill('SIGTERM');
    await client.exited;
    await untilGone(pid);
    const { folder: again, client: second } = await edit(saveAndClick, { stops: false });
    await second.open(again.file('click.ts'));
    await second.diagnostics(again.file('click.ts'));
    const other = await second.compilerPid();
    second.server.kill('SIGKILL');
    await second.exited;
    await untilGone(other);
  });

  test('executes nothing of the workspace', async () => {
    const trap = "require('node:fs').writeFileSync(__dirname + '/trapped', '');";
    const { folder, client } = await edit({
      ...saveAndClick,
      'node_modules/typescript/package.json': '{ "name": "typescript", "version": "5.0.0", "main": "index.js" }',
      'node_modules/typescript/index.js': trap,
      'node_modules/typescript/lib/tsc.js': trap,
      'asynclint.config.js': trap,
      'eslint.config.js': trap,
      'package.json': '{ "name": "p", "asynclint": { "preset": "all" } }',
    });
    await client.open(folder.file('click.ts'));
    expect(await client.found(folder.file('click.ts'))).toContain('floating-promise 6');
    const { stdout } = await promisify(execFile)('ls', [folder.path, folder.file('node_modules/typescript')]);
    expect(stdout).not.toContain('trapped');
  });

  test('says what a bug report needs', async () => {
    const { folder, client } = await edit(saveAndClick);
    await client.open(folder.file('click.ts'));
    await client.diagnostics(folder.file('click.ts'));
    await client.untilStatus('one finding', ({ findings }) => findings === 1);
    const report = await client.report();
    expect(report).toMatch(/^server \d+\.\d+\.\d+ on Node/);
    expect(report).toMatch(/^TypeScript 7\.1\.0-beta, process \d+, ended 0 times$/m);
    expect(report).toMatch(/^event loop: longest stall \d+\.\d ms computing/m);
    expect(report).toContain('open documents: 1, results kept: 1, findings: 1');
    expect(report).toContain(`tsconfig: ${folder.file('tsconfig.json')}`);
    expect(report).not.toContain('Called by the button');
  });

  test('tells its state, what it is configured by, and how long it took', async () => {
    const { folder, client } = await edit({ ...saveAndClick, 'asynclint.jsonc': '{ "preset": "strict" }' });
    await client.open(folder.file('click.ts'));
    await client.diagnostics(folder.file('click.ts'));
    const status = await client.untilStatus('ready', ({ state, findings }) => state === 'ready' && findings === 1);
    expect(status).toMatchObject({
      typescriptVersion: '7.1.0-beta',
      tsconfig: folder.file('tsconfig.json'),
      config: folder.file('asynclint.jsonc'),
    });
    expect(status.lastRunMilliseconds).toBeGreaterThan(0);
  });
});

test('the program that VS Code starts speaks over ipc', async () => {
  const server = fork(path.join(path.dirname(cli), 'server.js'), ['--node-ipc', `--clientProcessId=${process.pid}`]);
  const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
  connection.listen();
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const params = { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities: {} };
  const { serverInfo } = await connection.sendRequest(InitializeRequest.type, params);
  expect(serverInfo?.name).toBe('asynclint');
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect(await exited).toBe(0);
});

test('a client that offers nothing gets diagnostics, and nothing else by itself', async () => {
  const { folder } = await edit(saveAndClick);
  const client = await Client.start({ folders: [folder.path], pulls: false, bare: true });
  await client.open(folder.file('click.ts'));
  await client.untilFound(folder.file('click.ts'), ['floating-promise 6']);
  expect(client.registered).toEqual([]);
  await client.stop();
});
