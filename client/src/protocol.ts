import { NotificationType, RequestType } from 'vscode-languageclient/node';

/** What the server says about itself, each time that something of it changes. */
export interface ServerStatus {
  readonly state: 'starting' | 'ready' | 'busy' | 'stopped';
  /** What it is doing, or why it stopped. */
  readonly message?: string;
  /** The version of the bundled compiler. */
  readonly typescriptVersion: string;
  /** The tsconfig of the last run, as a path. */
  readonly tsconfig?: string;
  /** The config file of the last run, as a path; none means the defaults. */
  readonly config?: string;
  readonly findings?: number;
  readonly lastRunMilliseconds?: number;
}

export const statusNotification = new NotificationType<ServerStatus>('asynclint/status');

export const reportRequest = new RequestType<object, { readonly text: string }, void>('asynclint/report');

/** Commands that the server answers through `workspace/executeCommand`. */
export const serverCommands = {
  fixAll: 'asynclint.fixAll',
  lintWorkspace: 'asynclint.lintWorkspace',
  explain: 'asynclint.explain',
  showInterleaving: 'asynclint.showInterleaving',
} as const;

/** What the server knows of a line, as a Markdown document. */
export interface ExplanationPage {
  readonly title: string;
  readonly text: string;
}
