import type { ServerStatus } from './protocol.ts';

/** The words of one entry in VS Code's language status menu. Both are short: the menu cuts what does not fit. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
}

/** VS Code's `l10n.t`. */
type Translate = (message: string, ...args: (string | number)[]) => string;

/** What the server does, and what it found. */
export function engineText(status: ServerStatus, translate: Translate): StatusText {
  const parts: string[] = [];
  if (status.message !== undefined) parts.push(status.message);
  if (status.state !== 'stopped') {
    if (status.typescriptVersion !== '') parts.push(`TypeScript ${status.typescriptVersion}`);
    if (status.lastRunMilliseconds !== undefined) parts.push(`${Math.round(status.lastRunMilliseconds)} ms`);
  }
  return { text: headline(status, translate), detail: parts.join(' · ') };
}

/** Which config file and which tsconfig decide. `shorten` turns a path into what the user calls the file. */
export function projectText(status: ServerStatus, translate: Translate, shorten: (path: string) => string): StatusText {
  return {
    text: status.config === undefined ? translate('no config file — defaults') : shorten(status.config),
    detail: `asynclint · ${status.tsconfig === undefined ? translate('no tsconfig') : shorten(status.tsconfig)}`,
  };
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
