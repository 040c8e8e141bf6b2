import type { CancellationKnowledge } from '../../knowledge/cancellation.ts';
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isSpreadElement,
  isVariableDeclaration,
  isVoidExpression,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { chainEnd } from '../../typescript/promise-syntax.ts';
import { otherErrorSide } from './other-error.ts';

/**
 * What code does with an error that it has caught, as far as an abort is concerned. Judged by the syntax of single
 * expressions; which of them a path comes to is for the flow graph to say.
 */
export class CaughtError {
  readonly #known: CancellationKnowledge;
  /** The error's own name, and names that stand for it: `const failure = toError(error)`. */
  readonly #names: ReadonlySet<string>;

  /** @param scope where the error lives: the clause or the handler */
  constructor(name: Node | undefined, scope: Node, known: CancellationKnowledge) {
    this.#known = known;
    this.#names = name ? namesOf(name, scope) : new Set();
  }

  /** A condition that asks whether there was an abort, or whether the work was to end anyway. */
  asksForAbort(condition: Node): boolean {
    return asking.test(wholeCondition(condition).getText());
  }

  /** `signal`, `signal.aborted`, `this.cancelled`: whoever reads these has thought of it. */
  isAbortState(node: Node): boolean {
    const name = isPropertyAccessExpression(node) ? node.name.text : isIdentifier(node) ? node.text : '';
    if (!/abort|cancel|signal/i.test(name) || /controller/i.test(name)) return false;
    // `controller.abort()` aborts; it does not ask.
    const at = wrapped(node);
    const isCalled = isCallExpression(at.parent) && at.parent.expression === at;
    return !isCalled || this.#known.asks(name);
  }

  /** `isAbortError(error)`, `signal.throwIfAborted()`, and what ends the program. */
  asksByCall(call: Node): boolean {
    if (!isCallExpression(call)) return false;
    const name = lastName(call.expression) ?? '';
    return this.#known.asks(name) || call.expression.getText() === 'process.exit';
  }

  /** The side of a condition on which the error is known to be some other one: `error.code === 'ENOENT'`. */
  otherErrorSide(condition: Node): 'true' | 'false' | undefined {
    return otherErrorSide(condition, (node) => this.#mentions(node));
  }

  /** The test of `?.` in `onError?.(error)`: where there is nobody to tell, nobody wants to know. */
  isPassedIfPresent(condition: Node): boolean {
    for (let at = wrapped(condition).parent; at && !isExpressionStatement(at); at = wrapped(at).parent) {
      if (isCallExpression(at)) return this.isPassedByCall(at);
      if (!isPropertyAccessExpression(at)) return false;
    }
    return false;
  }

  /** `reject(error)`, `next(error)`, `this.emit('error', error)`; neither logs nor what makes a text of it. */
  isPassedByCall(call: Node): boolean {
    if (!isCallExpression(call) && !isNewExpression(call)) return false;
    const callee = unwrap(call.expression);
    const text = callee.getText();
    const name = lastName(callee) ?? '';
    if (this.#known.logs(text.length < mostText ? text : name) && !/reject|resolve/i.test(name)) return false;
    if (makesText.test(name) || text === 'Promise.resolve') return false;
    if (!(call.arguments ?? []).some((argument) => this.#holds(argument))) return false;
    // `await writable.abort(error).catch(() => {})`: it was told nevertheless.
    const at = chainEnd(call).parent;
    const owner = isAwaitExpression(at) || isVoidExpression(at) ? wrapped(at).parent : at;
    // Whose answer decides how to go on has been told.
    return isExpressionStatement(owner) || isReturnStatement(owner) || isFunctionNode(owner) || isIfStatement(owner);
  }

  /** `return { error }`, `return failure(error)`: the error itself is in what the caller gets. */
  isPassedAsValue(value: Node): boolean {
    const at = unwrap(value);
    if (this.#holds(at)) return true;
    const inner =
      isAwaitExpression(at) || at.kind === SyntaxKind.YieldExpression
        ? (at as { expression?: Node }).expression
        : undefined;
    if (inner) return this.isPassedAsValue(inner);
    if (!isCallExpression(at) && !isNewExpression(at)) return false;
    const callee = unwrap(at.expression);
    if (isNewExpression(at) && /Error$/.test(lastName(callee) ?? ''))
      return (at.arguments ?? []).some((one) => this.#holds(one));
    const name = lastName(callee) ?? '';
    if (makesText.test(name) || this.#known.logs(callee.getText().slice(0, mostText))) return false;
    return (at.arguments ?? []).some((argument) => this.#holds(argument) || this.isPassedAsValue(argument));
  }

  /** `this.error = error`, `result.error = error`: somebody looks at it there. */
  isStored(target: Node): boolean {
    const assignment = wrapped(target).parent;
    if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
    return isPropertyAccessExpression(unwrap(assignment.left)) && this.#holds(assignment.right);
  }

  /** Whether an expression is the error, or an object or list that holds it. */
  #holds(expression: Node): boolean {
    const at = unwrap(expression);
    if (isIdentifier(at)) return this.#names.has(at.text);
    if (isCallExpression(at) || isNewExpression(at)) return standsFor(at, this.#names);
    if (isSpreadElement(at)) return this.#holds(at.expression);
    if (isArrayLiteralExpression(at)) return at.elements.some((element) => this.#holds(element));
    if (isConditionalExpression(at)) return this.#holds(at.whenTrue) || this.#holds(at.whenFalse);
    if (isBinaryExpression(at) && at.operatorToken.kind === SyntaxKind.QuestionQuestionToken)
      return this.#holds(at.left);
    if (!isObjectLiteralExpression(at)) return false;
    return at.properties.some((member) => {
      if (isShorthandPropertyAssignment(member)) return this.#names.has(member.name.getText());
      return isPropertyAssignment(member) && this.#holds(member.initializer);
    });
  }

  #mentions(node: Node): boolean {
    if (isIdentifier(node) && this.#names.has(node.text)) return true;
    let found = false;
    node.forEachChild((child) => {
      found ||= this.#mentions(child);
    });
    return found;
  }
}

/** `a && b` for its parts: whoever asks in one of them has thought of it in all. */
function wholeCondition(part: Node): Node {
  let at = wrapped(part);
  while (isBinaryExpression(at.parent) || at.parent.kind === SyntaxKind.PrefixUnaryExpression) at = wrapped(at.parent);
  return at;
}

/** What a condition says that has to do with an end that was asked for. */
const asking =
  /abort|cancel|signal|connect\w*State|\b(?:\w*(?:[sS]topped|[sS]topping|[cC]los(?:ed|ing)|[dD]isposed|[dD]estroyed|[tT]erminat(?:ed|ing)|[sS]hut(?:ting)?[dD]own|[uU]nmounted|[mM]ounted|[sS]tale|[iI]gnore|[eE]nded|[rR]unning|[aA]ctive|[cC]onnected))\b/i;

/** Functions that make a text or a description of an error. */
const makesText = /^(?:String|stringify|inspect|format\w*|\w*(?:Message|ToString|Text|Description))$/;

const mostText = 100;

function namesOf(name: Node, scope: Node): ReadonlySet<string> {
  const names = new Set<string>();
  if (isIdentifier(name)) names.add(name.text);
  const look = (node: Node): void => {
    if (
      isVariableDeclaration(node) &&
      isIdentifier(node.name) &&
      node.initializer &&
      standsFor(node.initializer, names)
    )
      names.add(node.name.text);
    if (
      isBinaryExpression(node) &&
      node.operatorToken.kind === SyntaxKind.EqualsToken &&
      isIdentifier(node.left) &&
      standsFor(node.right, names)
    )
      names.add(node.left.text);
    node.forEachChild(look);
  };
  look(scope);
  return names;
}

/** `error`, `error as Error`, `toError(error)`, `getErrorFromUnknown(error)`, `new LoadError(message, { cause: error })`. */
function standsFor(value: Node, names: ReadonlySet<string>): boolean {
  const at = unwrap(value);
  if (isIdentifier(at)) return names.has(at.text);
  if (isConditionalExpression(at)) return standsFor(at.whenTrue, names) || standsFor(at.whenFalse, names);
  if (!isCallExpression(at) && !isNewExpression(at)) return false;
  if (!/(?:Error|Exception)(?:(?:From|Of)(?:[A-Z]\w*)?)?$/.test(lastName(at.expression) ?? '')) return false;
  return (at.arguments ?? []).some(
    (argument) => new RegExp(`\\b(?:${[...names].join('|')})\\b`).test(argument.getText()) && names.size > 0,
  );
}
