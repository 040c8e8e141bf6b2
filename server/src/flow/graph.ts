/**
 * The control flow of one function, as steps in the order in which the language evaluates them.
 *
 * A step is what other code can notice: reading or writing a name or a member, calling, suspending, making a function,
 * leaving. Everything between two suspending steps on a path is one turn.
 * A `finally` block is built once for every way into it (normally, by `return`, by an exception, …), so that what comes
 * after it is exact; one node of the tree then has several steps, and no query has to remember how it came there.
 */
import type { FunctionNode, Node, PropertyDeclaration, SourceFile } from '../typescript/ast.ts';

/** What a graph is made of: a function, a module's top level, or what initialises a field of an object. */
export type FlowRoot = FunctionNode | SourceFile | PropertyDeclaration;

export type StepKind =
  | 'entry'
  /** The value of a name or a member is read. */
  | 'read'
  /** A name or a member gets a value, or is deleted. */
  | 'write'
  /** A call, `new`, a tagged template, `import()`. Its callee and arguments are evaluated before. */
  | 'call'
  /** The result of an operand is waited for. */
  | 'await'
  | 'yield'
  /** A `while`, `do` or `for` begins another round; the node is the statement. */
  | 'loop'
  /** A `for…of`, `for await` or `for…in` asks for its next element; the node is the statement. */
  | 'iterate'
  /** A `for await` that is left early waits for its iterator to end. */
  | 'close'
  /** A scope with `using` ends; the node is the declaration whose resource is disposed. */
  | 'dispose'
  /** A nested function or class is made. Its body is not entered. */
  | 'capture'
  /** A condition decides; the node is the condition, a tested operand or a `case`. */
  | 'branch'
  | 'return'
  | 'throw'
  /** The function has returned: by `return` or by its end. */
  | 'end'
  /** The function has ended by an exception; an async function's promise rejects. */
  | 'failure';

/**
 * How one step leads to another. `fault` is an exception that a call, an `await` or a `yield` may raise, `throw` a
 * written one; `closed` is a generator whose consumer stops at a `yield`. `done` leaves a loop over elements.
 */
export type EdgeKind = 'next' | 'true' | 'false' | 'nullish' | 'present' | 'done' | 'fault' | 'throw' | 'closed';

export interface Edge {
  readonly kind: EdgeKind;
  readonly to: Step;
}

export interface Step {
  /** The place in the order in which the graph was built: the source's, with every copy of a `finally` after its `try`. */
  readonly index: number;
  readonly kind: StepKind;
  /** What of the tree it stands for; of entry, end and failure the root. */
  readonly node: Node;
  /** Whether other tasks run before the next step. */
  readonly suspends: boolean;
  /** Whether no path leads here: code after a `return`, an endless loop and the like. */
  readonly isDead: boolean;
  /** Set for a step that runs because a scope is being left, as in a `finally` after `return`. */
  readonly leaving: 'break' | 'continue' | 'return' | 'throw' | undefined;
  readonly next: readonly Edge[];
  readonly previous: readonly Edge[];
}

export interface FlowGraph {
  readonly root: FlowRoot;
  readonly entry: Step;
  readonly end: Step;
  readonly failure: Step;
  /** All steps by index: entry first, then those of the source, `end` and `failure` last. */
  readonly steps: readonly Step[];
  /** The steps of exactly this node: several inside `finally`, none for what is evaluated elsewhere or not at all. */
  stepsOf(node: Node): readonly Step[];
}

/** Whether an edge is followed although nothing in the source says so: by exceptions, or by a consumer that stops. */
export function isExceptional({ kind }: Edge): boolean {
  return kind === 'fault' || kind === 'closed';
}
