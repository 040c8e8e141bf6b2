import type { CallExpression, FunctionNode, Node } from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';

/** Conclusions about functions, in whatever file they are. */
export class Facts {
  readonly #types: Oracle;

  constructor(types: Oracle) {
    this.#types = types;
  }

  /** The project's own functions that a call may enter; empty where their source is unknown. */
  calledFunctions(call: CallExpression): Promise<readonly FunctionNode[]> {
    return this.#types.functionsOf(call.expression);
  }

  /** Whether a promise-valued expression provably never rejects. False where in doubt. */
  async neverRejects(_expression: Node): Promise<boolean> {
    return false;
  }
}
