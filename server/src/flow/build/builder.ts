/**
 * What puts a graph together. `at` holds the paths that are open where the source is being read; a new step closes them
 * and opens its own.
 */
import type { Node } from '../../typescript/ast.ts';
import type { Edge, EdgeKind, FlowGraph, FlowRoot, Step, StepKind } from '../graph.ts';

interface MutableStep extends Step {
  readonly next: Edge[];
  readonly previous: Edge[];
}

/** A path whose next step is not known yet. */
export interface Loose {
  readonly from: MutableStep;
  readonly kind: EdgeKind;
}

export type Paths = readonly Loose[];

/** Where a `break` or `continue` leads, or a `return`, or an exception. */
export interface Target {
  readonly kind: 'break' | 'continue' | 'return' | 'throw';
  /** The paths that have arrived there, to be joined when the target's place is reached. */
  readonly arrived: Loose[];
}

/** Something that paths on their way out pass: innermost last. */
export type Frame =
  | JumpFrame
  | { readonly kind: 'catch'; readonly caught: Target }
  /** What waits to go on to its target after the block. */
  | { readonly kind: 'finally'; readonly pending: Map<Target, Loose[]> };

export interface JumpFrame {
  readonly kind: 'jump';
  readonly labels: readonly string[];
  /** Whether `break` without a label leads here: not for a labelled block. */
  readonly takesPlainBreak: boolean;
  readonly breaks?: Target;
  readonly continues?: Target;
}

export interface StepOptions {
  readonly suspends?: boolean;
  /** Whether evaluating it may raise an exception that nothing in the source shows. */
  readonly mayFault?: boolean;
}

/** Has an identity and a lifetime: the graph while it grows. */
export class GraphBuilder {
  at: Paths = [];
  readonly root: FlowRoot;
  readonly frames: Frame[] = [];
  readonly returns: Target = { kind: 'return', arrived: [] };
  readonly failures: Target = { kind: 'throw', arrived: [] };
  /** Labels that stand in front of the statement that comes next. */
  labels: string[] = [];
  /** Where the optional chain that is being read ends early. */
  chainEnds: Loose[] | undefined;
  /** Set while what runs on the way out of a scope is built. */
  leaving: Target['kind'] | undefined;
  readonly isAsyncGenerator: boolean;
  readonly #steps: MutableStep[] = [];
  readonly #byNode = new Map<Node, Step[]>();

  constructor(root: FlowRoot, isAsyncGenerator: boolean) {
    this.root = root;
    this.isAsyncGenerator = isAsyncGenerator;
    this.step('entry', root);
  }

  /** Adds a step behind all open paths; it becomes the only open path. */
  step(kind: StepKind, node: Node, { suspends = false, mayFault = false }: StepOptions = {}): Step {
    const step: MutableStep = {
      index: this.#steps.length,
      kind,
      node,
      suspends,
      isDead: kind !== 'entry' && this.at.every(({ from }) => from.isDead),
      leaving: this.leaving,
      next: [],
      previous: [],
    };
    this.#steps.push(step);
    const same = this.#byNode.get(node);
    if (same) same.push(step);
    else this.#byNode.set(node, [step]);
    this.join(this.at, step);
    this.at = [{ from: step, kind: 'next' }];
    if (mayFault) this.raise([{ from: step, kind: 'fault' }]);
    return step;
  }

  /** Leads paths to a step that is there already. */
  join(paths: Paths, step: Step): void {
    for (const { from, kind } of paths) {
      if (from.next.some((edge) => edge.to === step && edge.kind === kind)) continue;
      from.next.push({ kind, to: step });
      (step as MutableStep).previous.push({ kind, to: from });
    }
  }

  /** The path that leaves a step in another way than by going on: as the true side of a condition, for example. */
  side(step: Step, kind: EdgeKind): Paths {
    return [{ from: step as MutableStep, kind }];
  }

  /** Ends the open paths here and sends them to a target, through every `finally` on the way. */
  jump(target: Target): void {
    this.#send(this.at, target);
    this.at = [];
  }

  /** Sends an exception out to the innermost handler. */
  raise(paths: Paths): void {
    this.#send(paths, this.#handler());
  }

  /** Goes on to a target from where a `finally` has let paths through, and through the next one outside. */
  goOn(paths: Paths, target: Target): void {
    this.#send(paths, target);
  }

  /** The place that `break` or `continue` leads to; undefined in broken code. */
  jumpTarget(kind: 'break' | 'continue', label: string | undefined): Target | undefined {
    for (const frame of this.frames.toReversed()) {
      if (frame.kind !== 'jump') continue;
      const isMeant = label === undefined ? kind === 'continue' || frame.takesPlainBreak : frame.labels.includes(label);
      const target = kind === 'break' ? frame.breaks : frame.continues;
      if (isMeant && target) return target;
    }
    return undefined;
  }

  finish(): FlowGraph {
    this.jump(this.returns);
    this.leaving = undefined;
    this.at = this.returns.arrived;
    const end = this.step('end', this.root);
    this.at = this.failures.arrived;
    const failure = this.step('failure', this.root);
    const [entry] = this.#steps;
    if (!entry) throw new Error('A graph has an entry.');
    const byNode = this.#byNode;
    return { root: this.root, entry, end, failure, steps: this.#steps, stepsOf: (node) => byNode.get(node) ?? [] };
  }

  #handler(): Target {
    for (const frame of this.frames.toReversed()) if (frame.kind === 'catch') return frame.caught;
    return this.failures;
  }

  #send(paths: Paths, target: Target): void {
    if (paths.length === 0) return;
    for (const frame of this.frames.toReversed()) {
      if (frame.kind === 'finally') {
        const waiting = frame.pending.get(target);
        if (waiting) waiting.push(...paths);
        else frame.pending.set(target, [...paths]);
        return;
      }
      if (isPlaceOf(frame, target)) break;
    }
    target.arrived.push(...paths);
  }
}

function isPlaceOf(frame: Frame, target: Target): boolean {
  if (frame.kind === 'jump') return frame.breaks === target || frame.continues === target;
  return frame.kind === 'catch' && frame.caught === target;
}
