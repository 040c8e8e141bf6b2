import {
  type ClassDeclaration,
  type ClassExpression,
  type FunctionNode,
  hasModifier,
  isAwaitExpression,
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
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';

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
  /** What the error is called there, where it has a name. */
  readonly error: string | undefined;
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

function collect(node: Node, handles: string | undefined, found: Risk[]): void {
  const add = (kind: Risk['kind'], where: Node): void =>
    void found.push({ kind, node: where, isHandling: handles !== undefined, error: handles || undefined });
  if (isFunctionNode(node) || isClassLikeDeclaration(node)) return;
  if (isTryStatement(node)) {
    if (!node.catchClause) collect(node.tryBlock, handles, found);
    else collect(node.catchClause.block, nameOf(node.catchClause.variableDeclaration), found);
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

/** The error's name in a function given to `.catch`, or to `.then` as its second. */
function handledError(fn: FunctionNode): string | undefined {
  const call = fn.parent;
  if (!call || !isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression) as Node & { readonly name?: { readonly text?: string } };
  const position = call.arguments.indexOf(fn as never);
  const isHandler =
    (callee.name?.text === 'catch' && position === 0) || (callee.name?.text === 'then' && position === 1);
  return isHandler ? nameOf(fn.parameters[0]) : undefined;
}

/** The name that a declaration gives to the error; empty where it takes it apart, or leaves it out. */
function nameOf(declaration: Node | undefined): string {
  const { name } = (declaration ?? {}) as { readonly name?: Node };
  return name && isIdentifier(name) ? name.text : '';
}
