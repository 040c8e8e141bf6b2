/**
 * What a path knows about conditions. `if (x) p = f(); … if (x) await p;` has two conditions and two ways through, not
 * four. Conditions of equal text are taken to have equal answers until one of their names is written, or their loop
 * goes into another round; this leaves paths out that cannot happen, and now and then one that can.
 */
import { type SyntaxKind as Kind, type Node, SyntaxKind, unwrap } from '../typescript/ast.ts';
import { remember } from '../typescript/remember.ts';
import type { Edge, FlowGraph, Step } from './graph.ts';

/** The answers that a path has got so far. Equal keys are equal answers. */
export interface Assumed {
  readonly key: string;
  readonly answers: ReadonlyMap<string, boolean>;
}

interface Condition {
  readonly text: string;
  readonly isInverted: boolean;
}

/** More conditions than this would make too many combinations; the rest are taken as they come. */
const mostTracked = 8;

const known = new WeakMap<FlowGraph, Assumptions>();

/** Has an identity: what is known of the conditions of one graph. */
export class Assumptions {
  readonly #graph: FlowGraph;
  readonly #conditions = new Map<Step, Condition>();
  readonly #repeated: ReadonlySet<string>;

  static of(graph: FlowGraph): Assumptions {
    return remember(known, graph, () => new Assumptions(graph));
  }

  private constructor(graph: FlowGraph) {
    this.#graph = graph;
    const nodes = new Map<string, Set<Node>>();
    for (const step of graph.steps) {
      const condition = step.kind === 'branch' ? conditionOf(step.node) : undefined;
      if (!condition) continue;
      this.#conditions.set(step, condition);
      remember(nodes, condition.text, () => new Set<Node>()).add(step.node);
    }
    const repeated = [...nodes].filter(([, places]) => places.size > 1).map(([text]) => text);
    this.#repeated = new Set(repeated.slice(0, mostTracked));
  }

  /** What holds behind a step: what is given, and the conditions that must have been met to come there. */
  start(from: Step, given: ReadonlyMap<string, boolean>): Assumed {
    const answers = new Map<string, boolean>();
    for (const [step, { text }] of this.#conditions) {
      if (!this.#repeated.has(text)) continue;
      const sides = step.next.filter((edge) => !this.#isReachedWithout(from, step, edge));
      const answer = sides.length === 1 && sides[0] ? this.#answer(step, sides[0]) : undefined;
      if (answer) answers.set(...answer);
    }
    for (const [text, answer] of given) answers.set(text, answer);
    return assumed(answers);
  }

  /** What a path knows that takes an edge; undefined where it contradicts what it knew. */
  along(before: Assumed, edge: Edge, from: Step): Assumed | undefined {
    const answer = this.#answer(from, edge);
    if (!answer) return before;
    const [text, holds] = answer;
    const told = before.answers.get(text);
    if (told !== undefined) return told === holds ? before : undefined;
    return this.#repeated.has(text) ? assumed(new Map(before.answers).set(text, holds)) : before;
  }

  /** What a path still knows after a step. */
  after(before: Assumed, step: Step): Assumed {
    if (before.answers.size === 0) return before;
    const forgets = forgetting(step);
    if (!forgets) return before;
    const kept = [...before.answers].filter(([text]) => !forgets(text, this.#conditions));
    return kept.length === before.answers.size ? before : assumed(new Map(kept));
  }

  #answer(from: Step, { kind }: Edge): readonly [string, boolean] | undefined {
    const condition = from.kind === 'branch' ? this.#conditions.get(from) : undefined;
    if (!condition) return undefined;
    const holds = kind === 'true' || kind === 'present';
    return holds || kind === 'false' || kind === 'nullish'
      ? [condition.text, holds !== condition.isInverted]
      : undefined;
  }

  #isReachedWithout(to: Step, at: Step, without: Edge): boolean {
    const seen = new Set<Step>([this.#graph.entry]);
    for (const step of seen) {
      for (const edge of step.next) if (step !== at || edge !== without) seen.add(edge.to);
    }
    return seen.has(to);
  }
}

function assumed(answers: ReadonlyMap<string, boolean>): Assumed {
  return {
    answers,
    key: [...answers]
      .map(([text, holds]) => `${holds ? '+' : '-'}${text}`)
      .sort()
      .join('\n'),
  };
}

/** A round of a loop asks its conditions anew; a write changes what its name is part of. */
function forgetting(step: Step): ((text: string, conditions: ReadonlyMap<Step, Condition>) => boolean) | undefined {
  const { kind, node } = step;
  if (kind === 'loop' || kind === 'iterate') {
    return (text, conditions) =>
      [...conditions].some(
        ([{ node: place }, condition]) => condition.text === text && node.pos <= place.pos && place.end <= node.end,
      );
  }
  if (kind !== 'write') return undefined;
  const name = node.getText();
  return (text) => text === name || wordsOf(text).includes(name) || (name.includes('.') && text.includes(name));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/(?<![.\w$])[\w$]+/g) ?? [];
}

/** `x === undefined` asks what `!x` asks, near enough. What assigns or waits is asked only once. */
function conditionOf(node: Node): Condition | undefined {
  const test = unwrap(node);
  switch (test.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
      return plain(test, false);
    case SyntaxKind.BinaryExpression:
      break;
    default:
      return undefined;
  }
  const { left, right, operatorToken } = test as Node & {
    readonly left: Node;
    readonly right: Node;
    readonly operatorToken: { readonly kind: Kind };
  };
  switch (operatorToken.kind) {
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
      return isNullish(right) ? plain(unwrap(left), true) : plain(test, false);
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken: {
      if (isNullish(right)) return plain(unwrap(left), false);
      const text = `${textOf(left)} === ${textOf(right)}`;
      return isRepeatable(text) ? { text, isInverted: true } : undefined;
    }
    case SyntaxKind.LessThanToken:
    case SyntaxKind.LessThanEqualsToken:
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.GreaterThanEqualsToken:
    case SyntaxKind.InstanceOfKeyword:
    case SyntaxKind.InKeyword:
      return plain(test, false);
    default:
      return undefined;
  }
}

function plain(node: Node, isInverted: boolean): Condition | undefined {
  const text = textOf(node);
  return isRepeatable(text) ? { text, isInverted } : undefined;
}

function textOf(node: Node): string {
  return unwrap(node)
    .getText()
    .replace(/\s+/g, ' ')
    .replace(/(?<![=!])==(?!=)/g, '===');
}

function isRepeatable(text: string): boolean {
  return text.length < 120 && !/\bawait\b|\byield\b|=>|\+\+|--|(?<![=!<>])=(?!=)|\bfunction\b/.test(text);
}

function isNullish(node: Node): boolean {
  const value = unwrap(node);
  return (
    value.kind === SyntaxKind.NullKeyword || (value.kind === SyntaxKind.Identifier && value.getText() === 'undefined')
  );
}
