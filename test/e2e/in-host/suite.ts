// What the extension does, seen through VS Code's own API.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until.ts';

/** Declares the tests; they run in order, each on documents of its own. */
export function registerSuite(): void {
  describe('asynclint in the extension host', () => {
    it('activates when a TypeScript file is opened', async () => {
      await open('src/register.ts');
      const extension = vscode.extensions.getExtension('asynclint.asynclint-vscode');
      assert.ok(extension);
      await until('activation', () => extension.isActive || undefined);
    });

    it('finds a forgotten promise, and says which rule and where else to look', async () => {
      const document = await open('src/register.ts');
      const [found] = await findings(document, 'floating-promise');
      assert.equal(found.source, 'asynclint');
      assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
      assert.equal(document.getText(found.range).startsWith('saveUser'), true);
      assert.ok(found.relatedInformation && found.relatedInformation.length > 0);
      assert.match(found.relatedInformation[0]?.location.uri.path ?? '', /users\.ts$/);
    });

    it("links the rule's page", async () => {
      const document = await open('src/register.ts');
      const [found] = await findings(document, 'floating-promise');
      assert.ok(typeof found.code === 'object');
      assert.match(found.code.target.toString(), /floating-promise/);
      await vscode.commands.executeCommand('asynclint.showRule', 'floating-promise');
      await until('the preview of the page', () => tabs().find((label) => label.includes('floating-promise.md')));
    });

    it('offers fixes, and an applied one ends the finding', async () => {
      const document = await open('src/register.ts');
      const [found] = await findings(document, 'floating-promise');
      const actions = await codeActions(document, found.range, vscode.CodeActionKind.QuickFix);
      const titles = actions.map((action) => action.title);
      const fix = actions.find((action) => action.title.startsWith('Await `saveUser'));
      assert.ok(fix?.edit, titles.join('\n'));
      assert.ok(
        titles.some((title) => title.includes('void')),
        titles.join('\n'),
      );
      assert.equal(actions.filter((action) => action.isPreferred).length, 0, 'A choice is never preferred.');
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.match(document.getText(), /^ {2}await saveUser\(name\);$/m);
      await gone(document, 'floating-promise');
      await undoAll(document);
    });

    it('fixes all that is safe as a source action', async () => {
      const document = await open('src/tidy.ts');
      await findings(document, 'unused-directive');
      const kind = vscode.CodeActionKind.SourceFixAll.append('asynclint');
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      const [action] = await codeActions(document, range, kind);
      assert.ok(action?.edit);
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      await gone(document, 'unused-directive');
      assert.doesNotMatch(document.getText(), /asynclint/);
      await undoAll(document);
    });

    it('follows an edit of another file, saved or not', async () => {
      const caller = await open('src/register.ts');
      await findings(caller, 'floating-promise');
      const callee = await open('src/users.ts');
      const text = callee.getText();
      await replaceAll(callee, text.replace('async ', '').replace('Promise<string>', 'string'));
      await gone(caller, 'floating-promise');
      assert.ok(callee.isDirty, 'Nothing was saved.');
      await replaceAll(callee, text);
      await findings(caller, 'floating-promise');
      const guarded = text.replace(/^ {2}if .*$/m, (line) => `  try {\n  ${line}\n  } catch {\n    return '';\n  }`);
      assert.notEqual(guarded, text);
      await replaceAll(callee, guarded);
      // What cannot reject any more, and has done its work when it returns, needs nobody who waits.
      await gone(caller, 'floating-promise');
      assert.ok(callee.isDirty, 'Nothing was saved.');
      await replaceAll(callee, text);
      await findings(caller, 'floating-promise');
    });

    it('follows a tsconfig, without a restart', async () => {
      const config = inWorkspace('tsconfig.json');
      const before = Buffer.from(await vscode.workspace.fs.readFile(config)).toString();
      const leadTo = (file: string) =>
        before.replace('"types"', `"paths": { "users-store": ["./src/${file}"] }, "types"`);
      const quick = inWorkspace('src/quick.ts');
      const caller = inWorkspace('src/by-name.ts');
      await write(quick, 'export function saveUser(name: string): string {\n  return name;\n}\n');
      await write(caller, "import { saveUser } from 'users-store';\n\nexport function go() {\n  saveUser('Ada');\n}\n");
      await write(config, leadTo('users.ts'));
      const document = await open('src/by-name.ts');
      await findings(document, 'floating-promise');
      await write(config, leadTo('quick.ts'));
      await gone(document, 'floating-promise');
      await write(config, leadTo('users.ts'));
      await findings(document, 'floating-promise');
      await write(config, before);
      await vscode.workspace.fs.delete(caller);
      await vscode.workspace.fs.delete(quick);
    });

    it('follows a package that is installed anew', async () => {
      const declared = (type: string) => `export declare function send(text: string): ${type};\n`;
      const caller = inWorkspace('src/by-package.ts');
      const declarations = inWorkspace('node_modules/mailer/index.d.ts');
      const lock = inWorkspace('node_modules/.package-lock.json');
      const manifest = '{ "name": "mailer", "version": "1.0.0", "types": "index.d.ts" }\n';
      await write(inWorkspace('node_modules/mailer/package.json'), manifest);
      await write(declarations, declared('void'));
      await write(lock, '{}\n');
      await write(caller, "import { send } from 'mailer';\n\nexport function go() {\n  send('hello');\n}\n");
      const document = await open('src/by-package.ts');
      await gone(document, 'floating-promise');
      await write(declarations, declared('Promise<void>'));
      await write(lock, '{ "lockfileVersion": 3 }\n');
      await findings(document, 'floating-promise');
      await vscode.workspace.fs.delete(caller);
    });

    it('follows a config file that appears, changes and goes', async () => {
      const document = await open('src/register.ts');
      await findings(document, 'floating-promise');
      const config = inWorkspace('asynclint.jsonc');
      await write(config, '{ "rules": { "floating-promise": "off" } }\n');
      await gone(document, 'floating-promise');
      await write(config, '{ "rules": { "floating-promise": "error" } }\n');
      const [found] = await findings(document, 'floating-promise', vscode.DiagnosticSeverity.Error);
      assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
      await vscode.workspace.fs.delete(config);
      await findings(document, 'floating-promise', vscode.DiagnosticSeverity.Warning);
    });

    it('reports a mistake in the config file, in that file', async () => {
      const config = inWorkspace('asynclint.jsonc');
      await write(config, '{ "rules": { "floating-promis": "error" } }\n');
      const document = await vscode.workspace.openTextDocument(config);
      assert.equal(document.languageId, 'jsonc');
      await vscode.window.showTextDocument(document);
      await until('a problem in asynclint.jsonc', () =>
        vscode.languages.getDiagnostics(config).find((problem) => /floating-promise/.test(problem.message)),
      );
      await vscode.workspace.fs.delete(config);
    });

    it('checks an untitled document', async () => {
      const content = 'async function save(): Promise<void> { throw new Error(); }\nsave();\nexport {};\n';
      const document = await vscode.workspace.openTextDocument({ language: 'typescript', content });
      await vscode.window.showTextDocument(document);
      const [found] = await findings(document, 'floating-promise');
      assert.equal(found.range.start.line, 1);
    });

    it('opens an example with findings in it', async () => {
      await vscode.commands.executeCommand('asynclint.openExample');
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document?.isUntitled);
      await findings(document, 'floating-promise');
      await findings(document, 'unawaited-return');
      await findings(document, 'blocking-call');
    });

    it('says in the hover why it matters', async () => {
      const document = await open('src/register.ts');
      const [found] = await findings(document, 'floating-promise');
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        found.range.start,
      );
      const texts = hovers.flatMap((hover) =>
        hover.contents.map((part) => (typeof part === 'string' ? part : part.value)),
      );
      assert.ok(
        texts.some((text) => /rejection|reject/.test(text)),
        texts.join('\n---\n'),
      );
    });

    it('shows a race as a text whose places are links, and as a drawing', async () => {
      const document = await open('src/pool.ts');
      const [found] = await findings(document, 'check-then-act');
      const actions = await codeActions(document, found.range, vscode.CodeActionKind.Empty.append('explain'));
      const run = async (title: string) => {
        const command = actions.find((action) => action.title === title)?.command;
        assert.ok(command, actions.map((action) => action.title).join('\n'));
        await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
      };
      await run('Show interleaving');
      const shown = vscode.window.activeTextEditor?.document;
      assert.equal(shown?.languageId, 'asynclint-interleaving');
      assert.match(shown.getText(), /^turn {2}/m);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        shown.uri,
        100,
      );
      assert.ok(links.length > 3);
      const named = /^pool\.ts:(\d+)$|^src\/pool\.ts:(\d+)$/;
      for (const link of links) {
        const [, short, full] = named.exec(shown.getText(link.range)) ?? [];
        assert.equal(link.target?.path, document.uri.path);
        assert.match(link.target.fragment, new RegExp(`^L${short ?? full},\\d+$`));
      }
      await run('Draw interleaving');
      await until('the panel', () => tabs().find((label) => label.includes('check-then-act')));
      // Without arguments the cursor's place is meant.
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(found.range.start, found.range.start);
      await vscode.commands.executeCommand('asynclint.openInterleaving');
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), shown.uri.toString());
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('makes a function cancellable, by one edit that says what it does', async () => {
      const document = await open('src/download.ts');
      const at = document.positionAt(document.getText().indexOf('download('));
      const kind = vscode.CodeActionKind.RefactorRewrite;
      const action = await until('the refactoring', async () =>
        (await codeActions(document, new vscode.Range(at, at), kind)).find(
          ({ title }) => title === 'Make `download` cancellable',
        ),
      );
      assert.ok(action.edit);
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      assert.match(document.getText(), /download\(url: string, signal\?: AbortSignal\)/);
      assert.match(document.getText(), /fetch\(url, \{ signal \}\)/);
      assert.match(document.getText(), /download\(urls\[0\] \?\? '', signal\)/);
      await undoAll(document);
    });

    it('says in the hover what an await waits for, and gives hints where the setting asks for them', async () => {
      const document = await open('src/download.ts');
      const at = document.positionAt(document.getText().indexOf('await fetch'));
      const text = await until('the hover', async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          at,
        );
        const parts = hovers.flatMap(({ contents }) => contents);
        return parts
          .map((part) => (typeof part === 'string' ? part : part.value))
          .find((part) => /Waits here/.test(part));
      });
      assert.match(text, /\*rejects\*/);
      const hints = (): Thenable<vscode.InlayHint[]> =>
        vscode.commands.executeCommand(
          'vscode.executeInlayHintProvider',
          document.uri,
          new vscode.Range(0, 0, document.lineCount, 0),
        );
      assert.equal((await hints()).length, 0);
      const settings = vscode.workspace.getConfiguration('asynclint');
      await settings.update('inlayHints', 'on', vscode.ConfigurationTarget.Global);
      const labels = await until('hints', async () => {
        const found = await hints();
        return found.length > 0 ? found.map(({ label }) => label) : undefined;
      });
      assert.ok(labels.includes('⏸1'), labels.join('\n'));
      await settings.update('inlayHints', undefined, vscode.ConfigurationTarget.Global);
      await until('no hints', async () => (await hints()).length === 0 || undefined);
    });

    it('puts a diagnostic report on the clipboard', async () => {
      const text = await report();
      assert.match(text, /^asynclint \d/);
      assert.match(text, /7\.1\.0-beta/);
      assert.doesNotMatch(text, /not running|gave no report/);
    });

    it('starts again after a restart', async () => {
      const document = await open('src/register.ts');
      await findings(document, 'floating-promise');
      await vscode.commands.executeCommand('asynclint.restart');
      await findings(document, 'floating-promise');
      const edit = document.getText().replace('saveUser(name);', 'await saveUser(name);');
      await replaceAll(document, edit);
      await gone(document, 'floating-promise');
      await undoAll(document);
    });

    it('starts the server again when it dies, and leaves it alone after the fifth death', async () => {
      const document = await open('src/register.ts');
      let last: number | undefined;
      for (let death = 1; death <= 5; death++) {
        const pid = await until(`a server for death ${death}`, async () => {
          const found = await serverProcess();
          return found === last ? undefined : found;
        });
        await findings(document, 'floating-promise');
        process.kill(pid, 'SIGKILL');
        last = pid;
        await gone(document, 'floating-promise');
      }
      await until(
        'the stopped status',
        async () => /"state":"stopped".*died 5 times/.test(await report()) || undefined,
      );
      assert.equal(await serverProcess(), undefined);
      await vscode.commands.executeCommand('asynclint.restart');
      await findings(document, 'floating-promise');
    }).timeout(180_000);

    it('falls silent when it is switched off, and speaks when it is switched on', async () => {
      const document = await open('src/register.ts');
      await findings(document, 'floating-promise');
      const settings = vscode.workspace.getConfiguration('asynclint');
      await settings.update('enable', false, vscode.ConfigurationTarget.Global);
      await gone(document, 'floating-promise');
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
      await findings(document, 'floating-promise');
    });

    it('lists findings of closed files when asked for the whole workspace', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await open('src/users.ts');
      const settings = vscode.workspace.getConfiguration('asynclint');
      await settings.update('scope', 'workspace', vscode.ConfigurationTarget.Global);
      const closed = inWorkspace('src/fetch-all.ts');
      await until('a finding in a closed file', () => ours(closed, 'blocking-call')[0]);
      await settings.update('scope', undefined, vscode.ConfigurationTarget.Global);
    });
  });
}

function inWorkspace(file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, file);
}

async function open(file: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(inWorkspace(file));
  await vscode.window.showTextDocument(document);
  return document;
}

function ours(uri: vscode.Uri, rule: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(
      (found) =>
        found.source === 'asynclint' && (typeof found.code === 'object' ? found.code.value : found.code) === rule,
    );
}

type AtLeastOne<T> = [T, ...T[]];

function findings(
  document: vscode.TextDocument,
  rule: string,
  severity?: vscode.DiagnosticSeverity,
): Promise<AtLeastOne<vscode.Diagnostic>> {
  return until(`${rule} in ${document.fileName}`, () => {
    const found = ours(document.uri, rule).filter((one) => severity === undefined || one.severity === severity);
    return found.length > 0 ? (found as AtLeastOne<vscode.Diagnostic>) : undefined;
  });
}

async function gone(document: vscode.TextDocument, rule: string): Promise<void> {
  await until(`no ${rule} in ${document.fileName}`, () => ours(document.uri, rule).length === 0 || undefined);
}

async function codeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  // The last argument is how many actions VS Code resolves, so that their edits are there.
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind.value, 20);
}

async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Puts the document back to what is on disk. */
async function undoAll(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  assert.equal(document.isDirty, false);
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** The diagnostic report, by way of the clipboard as a person gets it. */
async function report(): Promise<string> {
  await vscode.commands.executeCommand('asynclint.copyReport');
  return vscode.env.clipboard.readText();
}

async function serverProcess(): Promise<number | undefined> {
  const found = /^server: process (\d+)$/m.exec(await report());
  return found ? Number(found[1]) : undefined;
}

function tabs(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}
