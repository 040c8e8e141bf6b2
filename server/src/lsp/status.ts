import { NotificationType } from 'vscode-languageserver/node';
import type { FileResult } from '../model/result.ts';
import { typescriptVersion } from '../typescript/native.ts';
import type { Activity } from './analysed.ts';
import { LoadProgress } from './load-progress.ts';
import type { ServerContext } from './server-context.ts';

/** What the server says about itself. The client shows it in its language status. */
export interface ServerStatus {
  readonly state: 'starting' | 'ready' | 'busy' | 'stopped';
  readonly message?: string;
  readonly typescriptVersion: string;
  readonly tsconfig?: string;
  readonly config?: string;
  readonly findings?: number;
  readonly lastRunMilliseconds?: number;
}

const statusNotification = new NotificationType<ServerStatus>('asynclint/status');

/** Work that is shorter than this is not worth a spinner. */
const busyMilliseconds = 300;
const gatherMilliseconds = 30;

export const stoppedMessage =
  'The TypeScript compiler ended five times in three minutes. Restart the server, or copy the diagnostic report';

/** Gathers what is worth saying and says it when it has changed. */
export class Status {
  readonly #context: ServerContext;
  readonly #countFindings: () => number;
  readonly #loading: LoadProgress;
  #running = 0;
  #isBusy = false;
  #busyTimer: NodeJS.Timeout | undefined;
  #sendTimer: NodeJS.Timeout | undefined;
  #details: Pick<ServerStatus, 'tsconfig' | 'config' | 'lastRunMilliseconds'> = {};
  #note: string | undefined;
  #failure: string | undefined;
  #sent = '';
  readonly #loggedNotes = new Set<string>();

  constructor(context: ServerContext, countFindings: () => number) {
    this.#context = context;
    this.#countFindings = countFindings;
    this.#loading = new LoadProgress(context);
  }

  /** What was sent last. */
  current: ServerStatus = { state: 'starting', typescriptVersion };

  activity(activity: Activity): void {
    if (activity.kind === 'begin') {
      this.#running++;
      this.#busyTimer ??= setTimeout(() => {
        this.#isBusy = this.#running > 0;
        if (this.#isBusy) this.#loading.begin();
        this.send();
      }, busyMilliseconds);
      return;
    }
    this.#running = Math.max(0, this.#running - 1);
    if (this.#running === 0) {
      clearTimeout(this.#busyTimer);
      this.#busyTimer = undefined;
      this.#isBusy = false;
    }
    if (activity.kind !== 'abandoned') this.#loading.end();
    if (activity.kind === 'failed') {
      this.#failure = activity.error.message;
      this.#context.log.error('A run failed', activity.error);
    } else if (activity.kind === 'end') {
      this.#failure = undefined;
      if (activity.last) {
        this.#context.log.own('The config could not be read', this.#describe(activity.last, activity.milliseconds));
      }
    }
    this.send();
  }

  /** Sends the status soon, unless it is what was sent last or the client has no use for it. */
  send(): void {
    this.#sendTimer ??= setTimeout(() => {
      this.#sendTimer = undefined;
      this.current = this.#compose();
      const text = JSON.stringify(this.current);
      const { abilities, connection, log } = this.#context;
      if (text === this.#sent || !abilities.takesStatus) return;
      this.#sent = text;
      log.own('The status could not be sent', connection.sendNotification(statusNotification, this.current));
    }, gatherMilliseconds);
  }

  dispose(): void {
    clearTimeout(this.#busyTimer);
    clearTimeout(this.#sendTimer);
    this.#loading.end();
  }

  #compose(): ServerStatus {
    if (this.#context.analysis.hasStopped) return { state: 'stopped', message: stoppedMessage, typescriptVersion };
    const message = this.#failure ?? this.#note;
    return {
      state: this.#isBusy ? 'busy' : 'ready',
      ...(message !== undefined && { message }),
      typescriptVersion,
      ...this.#details,
      ...(this.#details.lastRunMilliseconds !== undefined && { findings: this.#countFindings() }),
    };
  }

  async #describe(result: FileResult, milliseconds: number): Promise<void> {
    const { linter, settings, log } = this.#context;
    // That a text does not parse while it is typed is shown by whoever checks its types.
    const notes = result.notes.filter(({ level, file }) => level !== 'info' || file !== result.file);
    for (const note of notes) {
      if (this.#loggedNotes.has(note.text)) continue;
      this.#loggedNotes.add(note.text);
      log.info(note.text);
    }
    const config = await linter.config(result.file, { configFile: settings.configFileFor(result.file) });
    this.#note = notes[0]?.text.split('\n')[0];
    this.#details = {
      ...(result.tsconfig !== undefined && { tsconfig: result.tsconfig }),
      ...(config.file !== undefined && { config: config.file }),
      lastRunMilliseconds: Math.round(milliseconds),
    };
    this.send();
  }
}
