import type { EffectKnowledge } from '../../knowledge/effects.ts';
import {
  type CallExpression,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { type Effect, EffectFacts, type PlaceUse } from './effects.ts';
import { namesAround, rootOf } from './places.ts';

/** Why two pieces of work cannot be shown to be independent, as it completes "because …"; undefined where they are. */
export type Dependence = string | undefined;

/**
 * Whether pieces of work may wait at the same time. Independence is proven: by what their functions read and write, and
 * where no source is there, by data about names. In doubt the answer is a dependence.
 */
export class IndependenceFacts {
  readonly #types: Oracle;
  readonly #known: EffectKnowledge;
  readonly #effects: EffectFacts;

  constructor(types: Oracle, known: EffectKnowledge) {
    this.#types = types;
    this.#known = known;
    this.#effects = new EffectFacts(types, known);
  }

  /** What evaluating an expression does. */
  effectOf(expression: Node): Promise<Effect> {
    return this.#effects.of(expression);
  }

  /**
   * Whether the second of two calls may start before the first has finished.
   * @param given what the first one's result is written to, where that is not a new variable
   */
  async between(first: Node, second: Node, given: readonly Node[] = []): Promise<Dependence> {
    const single = this.sharedSingle(first, second);
    if (single !== undefined) return `\`${single}\` does one thing after another`;
    if (sameCall(first, second)) return 'the same call is made again, which has a reason';
    if (this.#areApart(first, second)) return undefined;
    const [before, after] = await Promise.all([this.effectOf(first), this.effectOf(second)]);
    for (const { level, because } of [before, after]) {
      if (level === 'changes') return `\`${nameOf(because)}\` changes something outside the program`;
      if (level === 'unknown') return `nobody can tell what \`${nameOf(because)}\` does`;
    }
    const shared = [...before.runs].find(([key, name]) => after.runs.has(key) && this.#known.prepares(name));
    if (shared) return `both wait for \`${shared[1]}\` first`;
    if (doesAlso(before, after)) return 'the first does the work of the second as well';
    if (doesAlso(after, before)) return 'the second does the work of the first as well';
    const results = given.flatMap((target): readonly PlaceUse[] => {
      const root = rootOf(target, undefined);
      return root ? [{ ...root, access: 'write' }] : [];
    });
    const conflict = conflictBetween([...before.uses, ...results], after.uses);
    if (conflict)
      return `both use \`${conflict.member || conflict.declared?.text || conflict.of}\`, and one of them writes it`;
    const [a, b] = await Promise.all([this.#isSingleCall(first), this.#isSingleCall(second)]);
    return a && b ? 'both speak to something that does one thing after another' : undefined;
  }

  /** Whether what a round of a loop does may run while another round does the same. */
  async betweenRounds(work: Node, loop: Node): Promise<Dependence> {
    const effect = await this.effectOf(work);
    const written = effect.uses.find((use) => use.access === 'write' && !belongsTo(use, loop));
    if (written) return `every round writes \`${written.member || written.declared?.text || written.of}\``;
    if (effect.level === 'changes') return `\`${nameOf(effect.because)}\` changes something outside the program`;
    return undefined;
  }

  /** Whether both do the same to different things, and to nothing else: `compress('a')` and `compress('b')`. */
  #areApart(first: Node, second: Node): boolean {
    const [a, b] = [unwrap(first), unwrap(second)];
    if (!isCallExpression(a) || !isCallExpression(b) || a.expression.getText() !== b.expression.getText()) return false;
    const [one, other] = [a.arguments[0], b.arguments[0]];
    if (!this.#known.worksOnItsArgument(lastName(a) ?? '') || !one || !other) return false;
    return areDifferentTexts(one, other) || areSaidToDiffer(one, other, a);
  }

  /** The name of something both expressions use that serves one request after another: a transaction, a page, a client. */
  sharedSingle(first: Node, second: Node): string | undefined {
    const singles = new Set(this.singlesIn(second));
    return this.singlesIn(first).find((name) => singles.has(name));
  }

  /** The names in an expression of things that serve one request after another; `this` where its class is one. */
  singlesIn(expression: Node): readonly string[] {
    const names = namesAround(expression)
      .map(({ text }) => text)
      .filter((name) => this.#known.isSingle(name));
    names.push(...keysIn(expression).filter((key) => this.#known.isSingleKey(key)));
    return isOnThis(expression) && this.#isInSingleClass(expression) ? [...names, 'this'] : names;
  }

  #isInSingleClass(node: Node): boolean {
    for (let at: Node | undefined = node; at; at = at.parent)
      if (isClassLikeDeclaration(at)) {
        const { name } = at as { readonly name?: Node & { readonly text?: string } };
        return this.#known.isSingleClass(name?.text ?? '');
      }
    return false;
  }

  async #isSingleCall(expression: Node): Promise<boolean> {
    const call = unwrap(expression);
    return isCallExpression(call) && this.#known.isSingleOrigin(await this.#types.origins(call.expression));
  }
}

/** The names under which a call hands something over that is not written there: `transaction` of `{ transaction: t }`. */
function keysIn(expression: Node): readonly string[] {
  const call = unwrap(expression);
  if (!isCallExpression(call)) return [];
  return call.arguments
    .map((argument) => unwrap(argument))
    .filter(isObjectLiteralExpression)
    .flatMap(({ properties }) => properties)
    .flatMap((property) =>
      isPropertyAssignment(property) && isIdentifier(unwrap(property.initializer)) ? [property.name.getText()] : [],
    );
}

/** A use of one side that the other one writes. */
function conflictBetween(first: readonly PlaceUse[], second: readonly PlaceUse[]): PlaceUse | undefined {
  const written = first.find((use) => use.access === 'write' && second.some((other) => overlaps(use, other)));
  return written ?? second.find((use) => use.access === 'write' && first.some((other) => overlaps(use, other)));
}

function overlaps(a: PlaceUse, b: PlaceUse): boolean {
  return a.of === b.of && (a.member === b.member || a.member === '' || b.member === '');
}

/** Whether a place is a round's own: a variable that the loop declares. */
function belongsTo({ declared }: PlaceUse, loop: Node): boolean {
  return declared !== undefined && isWithin(declared, loop);
}

/** Whether one call is the other, word for word. */
function sameCall(first: Node, second: Node): boolean {
  return unwrap(first).getText() === unwrap(second).getText();
}

/** `${out}/client` and `${out}/pages`: neither text begins with the other. */
function areDifferentTexts(one: Node, other: Node): boolean {
  const [a, b] = [textOf(one), textOf(other)];
  return a !== undefined && b !== undefined && !a.startsWith(b) && !b.startsWith(a);
}

function textOf(node: Node): string | undefined {
  const at = unwrap(node);
  return /^(?:String|NoSubstitutionTemplate)Literal$|^TemplateExpression$/.test(SyntaxKind[at.kind] ?? '')
    ? at.getText().slice(1, -1)
    : undefined;
}

/** Whether a condition around a call has compared two names and found them different. */
function areSaidToDiffer(one: Node, other: Node, call: Node): boolean {
  const names = [one.getText(), other.getText()].sort().join(' ');
  for (let at = call; at.parent; at = at.parent) {
    const { parent } = at;
    if (!isIfStatement(parent) || at === parent.expression) continue;
    const test = unwrap(parent.expression);
    if (!isBinaryExpression(test) || [test.left.getText(), test.right.getText()].sort().join(' ') !== names) continue;
    const isEqual = test.operatorToken.kind === SyntaxKind.EqualsEqualsEqualsToken;
    const isUnequal = test.operatorToken.kind === SyntaxKind.ExclamationEqualsEqualsToken;
    if ((isEqual && at === parent.elseStatement) || (isUnequal && at === parent.thenStatement)) return true;
  }
  return false;
}

/** Whether one piece of work calls, further down, what the other one calls itself. */
function doesAlso(one: Effect, other: Effect): boolean {
  return [...other.heads].some((key) => one.runs.has(key) && !one.heads.has(key));
}

function isOnThis(expression: Node): boolean {
  let at = unwrap(expression);
  while (isCallExpression(at) || isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return at.kind === SyntaxKind.ThisKeyword;
}

function nameOf(node: Node | undefined): string {
  const name = node && (isIdentifier(node) ? node.text : lastName((node as CallExpression).expression ?? node));
  return name ?? 'a call';
}
