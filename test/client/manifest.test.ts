import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const sources = readdirSync('client/src').map((file) => readFileSync(path.join('client/src', file), 'utf8'));

describe('the manifest', () => {
  it('stays small', () => {
    expect(Object.keys(contributes.configuration.properties).length).toBeLessThanOrEqual(12);
    expect(contributes.commands.length).toBeLessThanOrEqual(8);
    expect(manifest.keywords.length).toBeLessThanOrEqual(10);
  });

  it('names every text that it uses, and uses every text that it names', () => {
    const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map((match) => match[1] ?? '');
    const named = Object.keys(JSON.parse(readFileSync('package.nls.json', 'utf8')));
    expect([...new Set(used)].sort()).toEqual(named.sort());
  });

  it('declares the commands that the client registers', () => {
    const registered = sources.flatMap((text) => [...text.matchAll(/register\('(asynclint\.\w+)'/g)].map((m) => m[1]));
    expect(contributes.commands.map((entry: { command: string }) => entry.command).sort()).toEqual(registered.sort());
  });

  it('is activated by the commands that the walkthrough calls and no palette shows', () => {
    const named = contributes.commands.map(({ command }: { command: string }) => command);
    const texts = JSON.stringify([JSON.parse(readFileSync('package.nls.json', 'utf8')), contributes.walkthroughs]);
    const called = [...texts.matchAll(/(?:command|onCommand):(asynclint\.\w+)/g)].map((match) => match[1] ?? '');
    const hidden = [...new Set(called)].filter((command) => !named.includes(command));
    expect(hidden.sort()).toEqual(['asynclint.openExample', 'asynclint.showRule']);
    for (const command of hidden) {
      expect(manifest.activationEvents).toContain(`onCommand:${command}`);
      expect(sources.join('\n')).toContain(`registerCommand('${command}'`);
    }
  });

  it('declares no setting that nobody reads', () => {
    const readers = [...sources, readFileSync('server/src/lsp/settings.ts', 'utf8')].join('\n');
    const names = Object.keys(contributes.configuration.properties).map((name) => name.replace('asynclint.', ''));
    // The language client reads `trace.server` by itself.
    for (const name of names.filter((one) => one !== 'trace.server'))
      expect(readers).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('points at files that exist', () => {
    const files = [
      manifest.icon,
      ...contributes.jsonValidation.map((entry: { url: string }) => entry.url),
      ...contributes.grammars.map((entry: { path: string }) => entry.path),
      ...contributes.walkthroughs.flatMap((entry: { steps: { media: { markdown: string } }[] }) =>
        entry.steps.map((step) => step.media.markdown),
      ),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('runs in a workspace that is not trusted', () => {
    expect(manifest.capabilities.untrustedWorkspaces).toEqual({ supported: true });
  });
});

it('the translation bundle holds exactly the texts that the client shows', () => {
  const shown = sources.flatMap((text) =>
    [...text.matchAll(/(?:l10n\.t|translate)\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1] ?? ''),
  );
  const bundle = Object.keys(JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')));
  expect(bundle.sort()).toEqual([...new Set(shown)].sort());
});
