import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import type { ServerContext } from './server-context.ts';

/**
 * Says that the project is being loaded, to clients that show progress and not our status. Only the first run takes long;
 * later ones would flicker.
 */
export class LoadProgress {
  readonly #context: ServerContext;
  #phase: 'before' | 'loading' | 'over' = 'before';
  #progress: WorkDoneProgressServerReporter | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
    if (context.abilities.takesStatus || !context.abilities.workDoneProgress) this.#phase = 'over';
  }

  /** The first run takes long enough to be worth a word. */
  begin(): void {
    if (this.#phase !== 'before') return;
    this.#phase = 'loading';
    this.#context.log.own('The client does not show progress', this.#show());
  }

  /** The first result is there, or there will be none. */
  end(): void {
    this.#phase = 'over';
    this.#progress?.done();
    this.#progress = undefined;
  }

  /** Its end may come while the client is still being asked. */
  get #isLoading(): boolean {
    return this.#phase === 'loading';
  }

  async #show(): Promise<void> {
    const progress = await this.#context.connection.window.createWorkDoneProgress();
    if (!this.#isLoading) return;
    progress.begin('asynclint: loading the project');
    this.#progress = progress;
  }
}
