/** How the executor of a promise settles it: where `resolve` and `reject` are used, and on which paths they are called. */
import {
  type CallExpression,
  type FunctionNode,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
  type Node,
  type Statement,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';

/** A second settling call on a path that has settled already. */
export interface DoubleSettling {
  readonly first: CallExpression;
  readonly second: CallExpression;
}

export interface Paths {
  /** The `return`s that leave the function without having settled, for certain. */
  readonly unsettledReturns: readonly Node[];
  /** The `throw`s that leave their block before anything was settled. */
  readonly unsettledThrows: readonly Node[];
  /** Whether the end of the function can be reached without having settled. Loops and correlated conditions count as settling. */
  readonly endsUnsettled: boolean;
  readonly doubles: readonly DoubleSettling[];
}

/** The uses of some names in a function, nested functions included, except where a nested function has such a name of its own. */
export function usesOf(names: ReadonlySet<string>, fn: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  const enter = (node: Node, open: ReadonlySet<string>): void => {
    if (isIdentifier(node) && open.has(node.text) && isReference(node)) found.push(node);
    const own = isFunctionNode(node) && node !== fn ? declaredBy(node) : [];
    const inside = own.length > 0 ? new Set([...open].filter((name) => !own.includes(name))) : open;
    node.forEachChild((child) => enter(child, inside));
  };
  if (fn.body) enter(fn.body, names);
  return found;
}

/** The names of a function's parameters. */
export function declaredBy(fn: FunctionNode): readonly string[] {
  return fn.parameters.flatMap(({ name }) => (isIdentifier(name) ? [name.text] : namesIn(name)));
}

function namesIn(pattern: Node): readonly string[] {
  const names: string[] = [];
  pattern.forEachChild((child) => {
    if (isIdentifier(child)) names.push(child.text);
    else names.push(...namesIn(child));
  });
  return names;
}

/** Member names, property keys and declarations are no uses. */
function isReference(name: Node): boolean {
  const { parent } = name;
  if (isPropertyAccessExpression(parent)) return parent.expression === name;
  if (isParameterDeclaration(parent)) return parent.name !== name;
  switch (parent.kind) {
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.BindingElement:
    case SyntaxKind.VariableDeclaration:
      return (parent as Node & { readonly name?: Node }).name !== name;
    default:
      return true;
  }
}

/** Whether a use is a call of the name itself: `resolve(value)`. */
export function isSettlingCall(use: Node): boolean {
  return isCallExpression(use.parent) && unwrap(use.parent.expression) === use;
}

/**
 * Follows the paths through a function's own code and watches the calls of the names.
 * Conditions may depend on each other, so what only some combinations of them reach is not concluded.
 */
export function settlingPaths(fn: FunctionNode, names: ReadonlySet<string>): Paths {
  const walk = new PathWalk(names);
  if (!fn.body) return { unsettledReturns: [], unsettledThrows: [], endsUnsettled: false, doubles: [] };
  const end = isBlock(fn.body) ? walk.statements(fn.body.statements, start) : walk.expression(fn.body, start);
  return {
    unsettledReturns: walk.unsettledReturns,
    unsettledThrows: walk.unsettledThrows,
    endsUnsettled: end.open && !end.isGuess,
    doubles: walk.doubles,
  };
}

/** What may hold at a place: not settled yet, settled by a call; both unset where the place is not reached. */
interface State {
  readonly open: boolean;
  readonly settledBy: CallExpression | undefined;
  /** Whether the state rests on a guess about how two conditions hang together. */
  readonly isGuess?: boolean;
}

const start: State = { open: true, settledBy: undefined };
const unreached: State = { open: false, settledBy: undefined };

class PathWalk {
  readonly unsettledReturns: Node[] = [];
  readonly unsettledThrows: Node[] = [];
  readonly doubles: DoubleSettling[] = [];
  readonly #names: ReadonlySet<string>;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  statements(list: readonly Statement[], from: State): State {
    let state = from;
    for (const statement of list) {
      if (!isReached(state)) break;
      state = this.#statement(statement, state);
    }
    return state;
  }

  #statement(statement: Node, from: State): State {
    if (isFunctionNode(statement) || statement.kind === SyntaxKind.ClassDeclaration) return from;
    if (isBlock(statement)) return this.statements(statement.statements, from);
    if (isExpressionStatement(statement)) return this.expression(statement.expression, from);
    if (isReturnStatement(statement)) {
      const state = statement.expression ? this.expression(statement.expression, from) : from;
      if (state.open && !state.settledBy && !state.isGuess) this.unsettledReturns.push(statement);
      return unreached;
    }
    if (isThrowStatement(statement)) {
      // In the executor itself it rejects the promise; elsewhere somebody asks.
      if (from.open) this.unsettledThrows.push(statement);
      return unreached;
    }
    if (isIfStatement(statement)) {
      const state = this.expression(statement.expression, from);
      return joinBranches(
        state,
        this.#statement(statement.thenStatement, entering(state)),
        statement.elseStatement ? this.#statement(statement.elseStatement, entering(state)) : state,
      );
    }
    if (isTryStatement(statement)) return this.#try(statement, from);
    if (isSwitchStatement(statement)) return this.#switch(statement, from);
    return this.#other(statement, from);
  }

  /** What the `try` block throws is thrown before it settles, as in `resolve(JSON.parse(text))`. */
  #try(
    statement: Node & {
      readonly tryBlock: Node;
      readonly catchClause?: { readonly block: Node };
      readonly finallyBlock?: Node;
    },
    from: State,
  ): State {
    const tried = this.#statement(statement.tryBlock, from);
    const caught = statement.catchClause ? this.#statement(statement.catchClause.block, from) : unreached;
    const end = join(tried, caught);
    if (!statement.finallyBlock) return end;
    // `finally { resolve(); }` is there for the paths on which nothing else has.
    const last = this.#statement(statement.finallyBlock, { open: true, settledBy: undefined, isGuess: true });
    return last.settledBy ? { open: false, settledBy: end.settledBy ?? last.settledBy } : end;
  }

  #switch(
    statement: Node & {
      readonly expression: Node;
      readonly caseBlock: { readonly clauses: readonly (Node & { readonly statements: readonly Statement[] })[] };
    },
    from: State,
  ): State {
    const state = this.expression(statement.expression, from);
    const { clauses } = statement.caseBlock;
    const ends = clauses.map((clause) => this.statements(clause.statements, entering(state)));
    const hasDefault = clauses.some((clause) => clause.kind === SyntaxKind.DefaultClause);
    return ends.reduce((all, end) => join(all, end), hasDefault ? unreached : state);
  }

  /** Loops and the rest: what they contain may or may not run; a loop that settles is taken to do so. */
  #other(statement: Node, from: State): State {
    let state = from;
    let loopEnd: State | undefined;
    statement.forEachChild((child) => {
      if (isFunctionNode(child)) return;
      if (isStatementLike(child)) loopEnd = this.#statement(child, entering(state));
      else state = this.expression(child, state);
    });
    if (!loopEnd) return state;
    return loopEnd.settledBy && !state.settledBy ? { open: false, settledBy: loopEnd.settledBy } : state;
  }

  expression(node: Node, from: State): State {
    const at = unwrap(node);
    if (isFunctionNode(at)) return from;
    if (isConditionalExpression(at)) {
      const state = this.expression(at.condition, from);
      return joinBranches(
        state,
        this.expression(at.whenTrue, entering(state)),
        this.expression(at.whenFalse, entering(state)),
      );
    }
    if (isBinaryExpression(at) && isShortCircuit(at.operatorToken.kind)) {
      const state = this.expression(at.left, from);
      return joinBranches(state, this.expression(at.right, entering(state)), state);
    }
    let state = from;
    at.forEachChild((child) => {
      state = this.expression(child, state);
    });
    return this.#isSettling(at) ? this.#settle(at, state) : this.#endsProcess(at) ? unreached : state;
  }

  #settle(call: CallExpression, state: State): State {
    if (state.settledBy) this.doubles.push({ first: state.settledBy, second: call });
    return { open: false, settledBy: state.settledBy ?? call };
  }

  #isSettling(node: Node): node is CallExpression {
    if (!isCallExpression(node)) return false;
    const callee = unwrap(node.expression);
    return isIdentifier(callee) && this.#names.has(callee.text);
  }

  #endsProcess(node: Node): boolean {
    return isCallExpression(node) && /^process\s*\.\s*(?:exit|abort)$/.test(node.expression.getText());
  }
}

function isReached(state: State): boolean {
  return state.open || state.settledBy !== undefined;
}

/** Inside a condition that follows another one which settled on some paths, take it that this is not one of those paths. */
function entering(state: State): State {
  const isUncertain = state.settledBy !== undefined && (state.open || state.isGuess === true);
  return isUncertain ? { open: true, settledBy: undefined, isGuess: true } : state;
}

function join(a: State, b: State): State {
  const isGuess = (a.open && a.isGuess === true) || (b.open && b.isGuess === true);
  return { open: a.open || b.open, settledBy: a.settledBy ?? b.settledBy, isGuess };
}

/** After two branches. Where an earlier condition settled on some paths, a branch that settles or leaves completes it. */
function joinBranches(before: State, whenTrue: State, whenFalse: State): State {
  const wasMixed = before.open && before.settledBy !== undefined;
  if (!wasMixed) return join(whenTrue, whenFalse);
  const isSettled = (branch: State): boolean => !branch.open && branch.settledBy !== undefined;
  if (isSettled(whenTrue) || isSettled(whenFalse)) return { open: false, settledBy: before.settledBy, isGuess: true };
  if (!isReached(whenTrue) || !isReached(whenFalse)) return { open: true, settledBy: undefined, isGuess: true };
  return before;
}

function isShortCircuit(operator: SyntaxKind): boolean {
  return (
    operator === SyntaxKind.AmpersandAmpersandToken ||
    operator === SyntaxKind.BarBarToken ||
    operator === SyntaxKind.QuestionQuestionToken
  );
}

function isStatementLike(node: Node): boolean {
  return (
    isBlock(node) ||
    isExpressionStatement(node) ||
    isReturnStatement(node) ||
    isThrowStatement(node) ||
    isIfStatement(node) ||
    isTryStatement(node) ||
    isSwitchStatement(node)
  );
}
