import type { Project, Snapshot } from 'typescript/async';
import { Program } from './program.ts';
import { remember } from './remember.ts';

/** A snapshot with a count of those who use it; the session itself is one of them. */
export class SharedSnapshot {
  readonly snapshot: Snapshot;
  readonly id: number;
  readonly #programs = new Map<string, Program>();
  #users = 1;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    this.id = snapshot.id;
  }

  take(): void {
    this.#users++;
  }

  async release(): Promise<void> {
    this.#users--;
    if (this.#users > 0) return;
    this.#programs.clear();
    await this.snapshot.dispose().catch(() => undefined); // The process may be gone; then there is nothing to release.
  }

  program(id: string): Program {
    return remember(this.#programs, id, () => {
      const project = this.snapshot.getProject(id as never) as Project | undefined;
      if (!project) throw new Error(`The snapshot has no program ${id}.`);
      return new Program(project, this.snapshot);
    });
  }
}
