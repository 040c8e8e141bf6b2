import {
  type ClassDeclaration,
  type ClassExpression,
  type FunctionNode,
  hasModifier,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isTaggedTemplateExpression,
  isThrowStatement,
  isTryStatement,
  isVariableDeclarationList,
  isVariableStatement,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';

/**
 * A place of a function where it can fail. `throw` always does; for `await` the node is what is awaited; for `call` it
 * is a call that may throw at once; `wait` stands for other suspensions, such as `for await`; `read` is a member that
 * is read, behind which a getter may stand.
 */
export interface Risk {
  readonly kind: 'throw' | 'await' | 'call' | 'wait' | 'read';
  readonly node: Node;
  /** Whether it stands in a `catch` block or in a function given to `.catch`. */
  readonly isHandling: boolean;
  /** What the error is called there, and the constants that are made of it. */
  readonly errors: readonly string[];
}

/**
 * The places where running a function can fail, in order, the telling ones first: what is awaited before calls that may
 * throw. What a `try` with a `catch` covers is left out.
 */
export function risksOf(fn: FunctionNode): readonly Risk[] {
  const { body } = fn as { readonly body?: Node };
  const found: Risk[] = [];
  for (const parameter of fn.parameters) if (parameter.initializer) collect(parameter.initializer, undefined, found);
  if (body) collect(body, handledError(fn), found);
  return found.sort((a, b) => ranks[a.kind] - ranks[b.kind]);
}

const ranks: Readonly<Record<Risk['kind'], number>> = { throw: 0, await: 1, wait: 1, call: 2, read: 3 };

/** The places where making an instance can fail: what its fields hold at first, and its constructor. */
export function risksOfClass(declaration: ClassDeclaration | ClassExpression): readonly Risk[] {
  const found: Risk[] = [];
  for (const member of declaration.members) {
    if (isPropertyDeclaration(member) && member.initializer && !hasModifier(member, SyntaxKind.StaticKeyword))
      collect(member.initializer, undefined, found);
    else if (isConstructorDeclaration(member)) found.push(...risksOf(member));
  }
  return found;
}

/** @param handles the names of the error where the code deals with one */
function collect(node: Node, handles: readonly string[] | undefined, found: Risk[]): void {
  const add = (kind: Risk['kind'], where: Node): void =>
    void found.push({ kind, node: where, isHandling: handles !== undefined, errors: handles ?? [] });
  if (isFunctionNode(node) || isClassLikeDeclaration(node)) return;
  if (isTryStatement(node)) {
    if (!node.catchClause) collect(node.tryBlock, handles, found);
    else collect(node.catchClause.block, namesOf(node.catchClause.variableDeclaration, node.catchClause.block), found);
    if (node.finallyBlock) collect(node.finallyBlock, handles, found);
    return;
  }
  if (isThrowStatement(node)) add('throw', node);
  else if (isAwaitExpression(node)) {
    add('await', node.expression);
    const awaited = unwrap(node.expression);
    // The call itself is judged together with the promise that it gives.
    if (isCallExpression(awaited)) {
      awaited.forEachChild((child) => collect(child, handles, found));
      return;
    }
  } else if (isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node)) add('call', node);
  else if (isPropertyAccessExpression(node) && !isCallee(node)) add('read', node);
  else if (
    (isForOfStatement(node) && node.awaitModifier) ||
    (isVariableDeclarationList(node) && (node.flags & NodeFlags.AwaitUsing) === NodeFlags.AwaitUsing)
  )
    add('wait', node);
  node.forEachChild((child) => collect(child, handles, found));
}

function isCallee(access: Node): boolean {
  return isCallExpression(access.parent) && access.parent.expression === access;
}

/** The error's names in a function given to `.catch`, or to `.then` as its second. */
function handledError(fn: FunctionNode): readonly string[] | undefined {
  const call = fn.parent;
  if (!call || !isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression) as Node & { readonly name?: { readonly text?: string } };
  const position = call.arguments.indexOf(fn as never);
  const isHandler =
    (callee.name?.text === 'catch' && position === 0) || (callee.name?.text === 'then' && position === 1);
  return isHandler ? namesOf(fn.parameters[0], fn.body) : undefined;
}

/** The name that a declaration gives to the error, and those of the constants of its block that are made of it; none where it is taken apart or left out. */
function namesOf(declaration: Node | undefined, block: Node | undefined): readonly string[] {
  const { name } = (declaration ?? {}) as { readonly name?: Node };
  if (!name || !isIdentifier(name)) return [];
  const names = [name.text];
  for (const statement of block && isBlock(block) ? block.statements : []) {
    if (!isVariableStatement(statement)) continue;
    for (const { name: made, initializer } of statement.declarationList.declarations) {
      if (initializer && isIdentifier(made) && mentions(initializer, names)) names.push(made.text);
    }
  }
  return names;
}

/** Whether one of the names stands in an expression. */
export function mentions(expression: Node, names: readonly string[]): boolean {
  let found = false;
  const look = (node: Node): void => {
    found ||= isIdentifier(node) && names.includes(node.text);
    if (!found) node.forEachChild(look);
  };
  look(expression);
  return found;
}
