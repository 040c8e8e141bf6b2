import {
  type BinaryExpression,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isShortCircuitOperator,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';

/** A place that starts something and keeps its promise for those who ask later. */
export interface CachingPlace {
  /** What keeps the promise: a variable, a field, an element of an object, or a map. */
  readonly cache: Node;
  readonly how: 'variable' | 'element' | 'map';
  /** The key of a map. */
  readonly key?: Node;
  /** The expression whose promise is kept: a call, or a chain that starts with one. */
  readonly value: Node;
  /** Where it is written into the cache. */
  readonly write: BinaryExpression | CallExpression;
  readonly fn: FunctionNode;
}

/** `x ??= load()`, and `x = load()` where a look at `x` decides whether it happens. By syntax alone. */
export function assignedCache(node: BinaryExpression): CachingPlace | undefined {
  const kind = node.operatorToken.kind;
  const isDefault = kind === SyntaxKind.QuestionQuestionEqualsToken || kind === SyntaxKind.BarBarEqualsToken;
  if (!isDefault && kind !== SyntaxKind.EqualsToken) return undefined;
  const cache = unwrap(node.left);
  const isElement = isElementAccessExpression(cache);
  if (!isIdentifier(cache) && !isPropertyAccessExpression(cache) && !isElement) return undefined;
  const fn = enclosingFunction(node);
  if (!fn || fn.kind === SyntaxKind.Constructor) return undefined;
  const given = isDefault ? unwrap(node.right) : afterDefault(node.right, cache.getText());
  const value = startedBy(given, fn, node);
  if (!value || (!isDefault && given === unwrap(node.right) && !isGuarded(node, fn, [cache.getText()])))
    return undefined;
  return { cache, how: isElement ? 'element' : 'variable', value, write: node, fn };
}

/** `cache.set(key, load(key))` where a look into the cache decides whether it happens. By syntax alone. */
export function mappedCache(call: CallExpression): CachingPlace | undefined {
  const callee = unwrap(call.expression);
  const [key, stored, ...more] = call.arguments;
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'set' || !key || !stored || more.length > 0)
    return undefined;
  const fn = enclosingFunction(call);
  if (!fn || fn.kind === SyntaxKind.Constructor) return undefined;
  const value = startedBy(unwrap(stored), fn, call);
  if (!value) return undefined;
  const looks = ['get', 'has'].map((name) => `${callee.expression.getText()}.${name}(${key.getText()})`);
  if (!isGuarded(call, fn, [...looks, ...namesHolding(looks, fn)])) return undefined;
  return { cache: callee.expression, how: 'map', key, value, write: call, fn };
}

/** `load()` of `x = x ?? load()`. */
function afterDefault(right: Node, cache: string): Node {
  const at = unwrap(right);
  if (!isBinaryExpression(at) || at.left.getText() !== cache) return at;
  const kind = at.operatorToken.kind;
  return kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.BarBarToken ? unwrap(at.right) : at;
}

/** The call behind a value: itself, or what a local name was last set to before. */
function startedBy(value: Node, fn: FunctionNode, write: Node): Node | undefined {
  if (isCallExpression(value) || isNewExpression(value)) return value;
  if (isBinaryExpression(value) && value.operatorToken.kind === SyntaxKind.EqualsToken)
    return startedBy(unwrap(value.right), fn, write);
  if (!isIdentifier(value) || !fn.body) return undefined;
  let last: Node | undefined;
  walkBody(fn.body, (node) => {
    if (node.pos >= write.pos) return false;
    const given = valueGivenTo(node, value.text);
    if (given && (isCallExpression(given) || isNewExpression(given))) last = given;
    return true;
  });
  return last;
}

function valueGivenTo(node: Node, name: string): Node | undefined {
  if (isVariableDeclaration(node) && node.initializer && node.name.getText() === name) return unwrap(node.initializer);
  const isAssignment =
    isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken && node.left.getText() === name;
  return isAssignment ? unwrap(node.right) : undefined;
}

/** Locals that hold what was found in the cache: `const hit = cache.get(key)`. */
function namesHolding(looks: readonly string[], fn: FunctionNode): readonly string[] {
  const names: string[] = [];
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (isVariableDeclaration(node) && node.initializer && looks.includes(unwrap(node.initializer).getText()))
        names.push(node.name.getText());
      return true;
    });
  return names;
}

/** Whether a write happens only where a look at one of these came up empty. */
function isGuarded(write: Node, fn: FunctionNode, looks: readonly string[]): boolean {
  for (let at = write; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression !== at && mentions(parent.expression, looks)) return true;
    if (isConditionalExpression(parent) && parent.condition !== at && mentions(parent.condition, looks)) return true;
    if (
      isBinaryExpression(parent) &&
      parent.right === at &&
      isShortCircuitOperator(parent.operatorToken.kind) &&
      mentions(parent.left, looks)
    )
      return true;
    if (isBlock(parent) && parent.statements.some((before) => before.pos < at.pos && isEarlyReturn(before, looks)))
      return true;
  }
  return false;
}

/** `if (hit) return hit;` */
function isEarlyReturn(statement: Node, looks: readonly string[]): boolean {
  if (!isIfStatement(statement) || !mentions(statement.expression, looks)) return false;
  const { thenStatement } = statement;
  const last = isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return last !== undefined && isReturnStatement(last);
}

function mentions(condition: Node, looks: readonly string[]): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (isFunctionNode(node)) return;
    found ||= looks.includes(node.getText());
    if (!found) node.forEachChild(look);
  };
  look(condition);
  return found;
}
