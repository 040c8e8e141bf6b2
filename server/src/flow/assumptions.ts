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

/** More ways of coming to a place than this are not told apart. */
const mostWays = 64;

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

  /**
   * What may hold behind a step, one entry for each way of coming there: `if (a || b) …` is reached with `a`, or with
   * `b` and without `a`. Contradictions to what is given are left out.
   */
  start(from: Step, given: ReadonlyMap<string, boolean>): readonly Assumed[] {
    const found = new Map<string, Assumed>();
    for (const before of this.#waysTo(from)) {
      const answers = new Map([...before.answers, ...given]);
      const after = assumed(answers);
      found.set(after.key, after);
    }
    // More ways than can be told apart, or none from the entry: nothing is known.
    return found.size > 0 && found.size <= mostWays ? [...found.values()] : [assumed(given)];
  }

  #waysTo(target: Step): readonly Assumed[] {
    if (this.#repeated.size === 0) return [];
    const ways: Assumed[] = [];
    const seen = new Map<Step, Set<string>>();
    const open: (readonly [Step, Assumed])[] = [[this.#graph.entry, assumed(new Map())]];
    for (let at = open.pop(); at; at = open.pop()) {
      const [step, before] = at;
      const states = remember(seen, step, () => new Set<string>());
      if (states.has(before.key) || states.size > mostWays) continue;
      states.add(before.key);
      const known = this.after(before, step);
      if (step === target) ways.push(known);
      for (const edge of step.next) {
        const next = this.along(known, edge, step);
        if (next) open.push([edge.to, next]);
      }
    }
    return ways;
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
