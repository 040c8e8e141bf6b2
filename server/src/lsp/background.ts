import { isLinted } from './documents.ts';
import type { ServerContext } from './server-context.ts';
import type { WorkspacePass } from './workspace-pass.ts';

/**
 * Works through what nobody is waiting for: first the document that was touched last, then the other open ones, then
 * the files of the workspace. Requests of the client do not wait for it.
 */
export class Background {
  readonly #context: ServerContext;
  readonly #workspace: WorkspacePass;
  readonly #isShown: (path: string) => boolean;
  /** Documents that wait for being saved. */
  readonly #held = new Set<string>();
  #touched: string | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  /** @param isShown whether the client wants to know about an open document */
  constructor(context: ServerContext, workspace: WorkspacePass, isShown: (path: string) => boolean) {
    this.#context = context;
    this.#workspace = workspace;
    this.#isShown = isShown;
  }

  /** A document was opened or changed: it comes first. */
  touch(path: string, isEdit: boolean): void {
    this.#touched = path;
    if (isEdit && this.#context.settings.current.run === 'onSave') this.#held.add(path);
    this.wake();
  }

  saved(path: string): void {
    this.#held.delete(path);
    this.wake();
  }

  closed(path: string): void {
    this.#held.delete(path);
    this.wake();
  }

  /** Looks whether there is something to do. */
  wake(): void {
    if (this.#closed) return;
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#context.log.error('Work in the background failed', error))
      .finally(() => {
        this.#running = undefined;
        if (!this.#closed) this.#context.log.own('The quiet could not be used', this.#context.analysis.useTheQuiet());
      });
  }

  close(): void {
    this.#closed = true;
  }

  async #run(): Promise<void> {
    const { analysis, settings } = this.#context;
    if (settings.current.run === 'onType') this.#held.clear();
    while (!this.#closed && !analysis.hasStopped) {
      const open = this.#openAndStale();
      const first = open.find((path) => path === this.#touched);
      if (first !== undefined) await analysis.start([first]);
      else if (open.length > 0) await analysis.start(open);
      else if (!(await this.#workspace.step())) break;
    }
  }

  #openAndStale(): readonly string[] {
    const { documents, analysis } = this.#context;
    return documents
      .all()
      .map(({ path }) => path)
      .filter((path) => isLinted(path) && !this.#held.has(path) && this.#isShown(path) && !analysis.isFresh(path));
  }
}
