import { usesOf } from '../../flow/settlement.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { handlesRejection, nextLink } from '../../typescript/promise-syntax.ts';
import { functionKey } from '../inquiry.ts';
import { targetsOf } from '../targets.ts';

/**
 * What becomes of a promise. `awaited`, `handled` (it has a handler for its rejection), `returned` to whoever called, or
 * `stored` where others can get it: then somebody has it. `dropped`: it is only printed, compared, tested, or not used
 * at all. `unknown`: it goes where nobody can look.
 */
export type Consumption = 'awaited' | 'handled' | 'returned' | 'stored' | 'unknown' | 'dropped';

const strongestFirst: readonly Consumption[] = ['awaited', 'handled', 'returned', 'stored', 'unknown', 'dropped'];

/** Follows promises to those who use them: through variables, chains, combinators, and parameters of called functions. */
export class ConsumptionFacts {
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;
  readonly #known = new Map<string, Promise<Consumption>>();

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
    this.#knowledge = knowledge;
  }

  /** What becomes of the value of a promise-valued expression in the place where it stands. */
  ofExpression(expression: Node): Promise<Consumption> {
    return this.#ofPlace(expression, []);
  }

  /**
   * What a called function does with a promise that it is given.
   * @param call a call or a `new`
   * @param index the argument's position, from 0
   */
  ofArgument(call: Node, index: number): Promise<Consumption> {
    return this.#ofArgument(call, index, []);
  }

  async #ofPlace(expression: Node, above: readonly string[]): Promise<Consumption> {
    const at = wrapped(expression);
    const link = nextLink(expression);
    if (link) {
      if (handlesRejection(link)) return 'handled';
      return this.#ofPlace(link.call, above);
    }
    const { parent } = at;
    if (isCallExpression(parent) || isNewExpression(parent)) {
      const index = parent.arguments?.indexOf(at as never) ?? -1;
      return index < 0 ? 'unknown' : this.#ofArgument(parent, index, above);
    }
    if (isVariableDeclaration(parent)) return this.#ofVariable(parent.name, at, above);
    if (isConditionalExpression(parent)) return parent.condition === at ? 'dropped' : this.#ofPlace(parent, above);
    if (isBinaryExpression(parent)) return this.#ofOperand(parent, at, above);
    if (isArrayLiteralExpression(parent)) {
      // `Promise.all([p, q])` does with each what it does with the list.
      const list = wrapped(parent);
      return isCallExpression(list.parent) && isCombinator(list.parent) ? this.#ofPlace(list.parent, above) : 'stored';
    }
    if (isArrowFunction(parent)) return !isBlock(parent.body) ? 'returned' : 'unknown';
    return byKind(at);
  }

  async #ofOperand(
    parent: Node & { readonly left: Node; readonly right: Node; readonly operatorToken: Node },
    at: Node,
    above: readonly string[],
  ): Promise<Consumption> {
    switch (parent.operatorToken.kind) {
      case SyntaxKind.CommaToken:
        return parent.right === at ? this.#ofPlace(parent, above) : 'dropped';
      case SyntaxKind.AmpersandAmpersandToken:
        return parent.right === at ? this.#ofPlace(parent, above) : 'dropped';
      case SyntaxKind.BarBarToken:
      case SyntaxKind.QuestionQuestionToken:
        return this.#ofPlace(parent, above);
      case SyntaxKind.EqualsToken:
      case SyntaxKind.BarBarEqualsToken:
      case SyntaxKind.AmpersandAmpersandEqualsToken:
      case SyntaxKind.QuestionQuestionEqualsToken: {
        const target = unwrap(parent.left);
        return isIdentifier(target) ? this.#ofVariable(target, at, above) : 'stored';
      }
      default:
        return 'dropped';
    }
  }

  /** The best that any use of a variable makes of it. */
  async #ofVariable(name: Node, value: Node, above: readonly string[]): Promise<Consumption> {
    const scope = isIdentifier(name) ? enclosingFunction(value) : undefined;
    // What stands at module level, or is taken apart, may be used by others.
    if (!scope || !isIdentifier(name)) return 'unknown';
    const uses = usesOf(new Set([name.text]), scope).filter((use) => use !== name && !isWritten(use));
    return this.#best(uses, above);
  }

  async #ofArgument(call: Node, index: number, above: readonly string[]): Promise<Consumption> {
    const { expression } = call as Node & { readonly expression: Node };
    if (isCallExpression(call) && isCombinator(call)) return this.#ofPlace(call, above);
    const targets = isNewExpression(call) ? [] : await targetsOf(expression, this.#types);
    if (targets.length === 0) return this.#ofLibrary(call, expression, index);
    const found = await Promise.all(
      targets.map(async (target) => {
        if (target.kind === 'implementations' && targets.length > 1) return undefined;
        if (target.kind !== 'body' || target.isShifted) return 'unknown' as const;
        return this.#ofParameter(target.fn, index, above);
      }),
    );
    // Where several functions may be called, the promise is looked after only if all of them do so.
    return strongestFirst.findLast((kind) => found.includes(kind)) ?? 'unknown';
  }

  async #ofLibrary(call: Node, callee: Node, index: number): Promise<Consumption> {
    const name = lastName(callee);
    if (name === 'push' || name === 'unshift' || name === 'add' || name === 'set') return 'stored';
    const origins = isNewExpression(call) ? [] : await this.#types.origins(callee);
    const use = this.#knowledge.values.use(origins, index);
    return use === 'printed' || use === 'serialised' || use === 'converted' ? 'dropped' : 'unknown';
  }

  #ofParameter(fn: FunctionNode, index: number, above: readonly string[]): Promise<Consumption> {
    const key = `${functionKey(fn)} ${index}`;
    // A function that only hands it to itself does nothing with it.
    if (above.includes(key)) return Promise.resolve('dropped');
    const known = above.length === 0 ? this.#known.get(key) : undefined;
    if (known) return known;
    const found = this.#findParameter(fn, index, [...above, key]);
    if (above.length === 0) this.#known.set(key, found);
    return found;
  }

  async #findParameter(fn: FunctionNode, index: number, above: readonly string[]): Promise<Consumption> {
    const parameter = fn.parameters[index];
    if (!parameter) return mentionsArguments(fn) ? 'unknown' : 'dropped';
    if (!fn.body || !isIdentifier(parameter.name) || parameter.dotDotDotToken) return 'unknown';
    if (isField(parameter)) return 'stored';
    return this.#best(usesOf(new Set([parameter.name.text]), fn), above);
  }

  async #best(uses: readonly Node[], above: readonly string[]): Promise<Consumption> {
    const found = await Promise.all(uses.map((use) => this.#ofPlace(use, above)));
    return strongestFirst.find((kind) => found.includes(kind)) ?? 'dropped';
  }
}

/** By the kind of what is around it alone. */
function byKind(at: Node): Consumption {
  const { parent } = at;
  switch (parent.kind) {
    case SyntaxKind.AwaitExpression:
      return 'awaited';
    case SyntaxKind.ReturnStatement:
    case SyntaxKind.YieldExpression:
      return 'returned';
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.ShorthandPropertyAssignment:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.ExportAssignment:
      return 'stored';
    case SyntaxKind.ForOfStatement:
      return (parent as { readonly awaitModifier?: Node }).awaitModifier ? 'awaited' : 'dropped';
    case SyntaxKind.ExpressionStatement:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.SwitchStatement:
    case SyntaxKind.TemplateSpan:
      return 'dropped';
    default:
      return 'unknown';
  }
}

const combinators = new Set(['all', 'allSettled', 'any', 'race', 'resolve']);

/** `Promise.all(…)` and its like: what they give is settled by what they are given. */
function isCombinator(call: Node & { readonly expression: Node }): boolean {
  const callee = unwrap(call.expression);
  return (
    isPropertyAccessExpression(callee) &&
    isIdentifier(callee.expression) &&
    callee.expression.text === 'Promise' &&
    combinators.has(callee.name.text)
  );
}

function isWritten(use: Node): boolean {
  const { parent } = use;
  return isBinaryExpression(parent) && parent.left === use && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** `constructor(private readonly task: Promise<void>)`. */
function isField(parameter: Node): boolean {
  const { modifiers } = parameter as { readonly modifiers?: readonly Node[] };
  return isParameterDeclaration(parameter) && (modifiers?.some(({ kind }) => kind !== SyntaxKind.Decorator) ?? false);
}

function mentionsArguments(fn: FunctionNode): boolean {
  return !isArrowFunction(fn) && usesOf(new Set(['arguments']), fn).length > 0;
}
