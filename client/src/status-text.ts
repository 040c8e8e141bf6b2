import type { ServerStatus } from './protocol.ts';

/** The words of the status item; `translate` is VS Code's `l10n.t`. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
}

type Translate = (message: string, ...args: (string | number)[]) => string;

/** Says a status in words. `shorten` turns a path into what the user calls the file. */
export function statusText(status: ServerStatus, translate: Translate, shorten: (path: string) => string): StatusText {
  return { text: headline(status, translate), detail: details(status, translate, shorten).join(' · ') };
}

function headline(status: ServerStatus, translate: Translate): string {
  switch (status.state) {
    case 'starting':
      return translate('asynclint: starting');
    case 'busy':
      return translate('asynclint: loading');
    case 'stopped':
      return translate('asynclint: stopped');
    case 'ready':
      return counted(status.findings, translate);
  }
}

function counted(findings: number | undefined, translate: Translate): string {
  if (findings === undefined) return 'asynclint';
  if (findings === 0) return translate('asynclint: no findings');
  if (findings === 1) return translate('asynclint: 1 finding');
  return translate('asynclint: {0} findings', findings);
}

function details(status: ServerStatus, translate: Translate, shorten: (path: string) => string): string[] {
  const parts: string[] = [];
  if (status.message !== undefined) parts.push(status.message);
  if (status.state === 'stopped') return parts;
  if (status.typescriptVersion !== '') parts.push(`TypeScript ${status.typescriptVersion}`);
  if (status.state === 'starting') return parts;
  parts.push(status.tsconfig === undefined ? translate('no tsconfig') : shorten(status.tsconfig));
  parts.push(status.config === undefined ? translate('no config file — defaults') : shorten(status.config));
  if (status.lastRunMilliseconds !== undefined) parts.push(`${Math.round(status.lastRunMilliseconds)} ms`);
  return parts;
}
