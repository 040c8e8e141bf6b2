import { Linter } from '../../server/src/engine/linter.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import type { Rule } from '../../server/src/rules/define.ts';
import { Session } from '../../server/src/typescript/session.ts';
import type { Tools } from './variants.ts';
import type { Workspace } from './workspace.ts';

/** A compiler keeps every program that it was asked for; after so many rules it takes more memory than a new start takes time. */
const rulesPerCompiler = 6;

/** The linter and the compiler of a run, replaced by new ones now and then. One rule at a time uses them. */
export class Compilers {
  readonly #workspace: Workspace;
  readonly #rules: readonly Rule[];
  #tools: Tools | undefined;
  #served = 0;

  constructor(workspace: Workspace, rules: readonly Rule[]) {
    this.#workspace = workspace;
    this.#rules = rules;
  }

  /** The tools for the next rule. Those handed out before may end. */
  async next(): Promise<Tools> {
    if (this.#served++ % rulesPerCompiler === 0) await this.close();
    this.#tools ??= {
      linter: Linter.create({ host: nodeHost(), rules: this.#rules, cwd: this.#workspace.root }),
      compiler: new Session({ host: nodeHost(), cwd: this.#workspace.root }),
      workspace: this.#workspace,
      ruleIds: this.#rules.map((rule) => rule.id),
    };
    return this.#tools;
  }

  async close(): Promise<void> {
    const tools = this.#tools;
    this.#tools = undefined;
    await Promise.all([tools?.linter.dispose(), tools?.compiler.close()]);
  }
}
