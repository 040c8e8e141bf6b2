import { type Node, type SourceFile, SyntaxKind } from 'typescript/ast';

/**
 * In JavaScript, `@type {…}` above a function gives it one more child, which the client of TypeScript 7.1.0-beta does not
 * count: `body` is then the type, and the function looks empty. This puts the body right, once for all trees.
 */
export function repairFunctionBodies(sourceFile: SourceFile): void {
  const prototype = prototypeWithBody(sourceFile);
  if (!prototype || repaired.has(prototype)) return;
  repaired.add(prototype);
  const decoded = Object.getOwnPropertyDescriptor(prototype, 'body')?.get;
  if (!decoded) return;
  Object.defineProperty(prototype, 'body', {
    configurable: true,
    get(this: Node): Node | undefined {
      const body = decoded.call(this) as Node | undefined;
      return body && isTypeInPlaceOfBody(this, body) ? lastChild(this) : body;
    },
  });
}

const repaired = new WeakSet<object>();

function prototypeWithBody(node: object): object | undefined {
  let at: unknown = node;
  while (typeof at === 'object' && at !== null && !Object.hasOwn(at, 'body')) at = Object.getPrototypeOf(at);
  return typeof at === 'object' && at !== null ? at : undefined;
}

function isTypeInPlaceOfBody(fn: Node, body: Node): boolean {
  switch (fn.kind) {
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return body.kind !== SyntaxKind.Block;
    case SyntaxKind.ArrowFunction:
      return SyntaxKind.FirstTypeNode <= body.kind && body.kind <= SyntaxKind.LastTypeNode;
    default:
      return false;
  }
}

/** The body comes last; without one, the last child is the type, and there is none. */
function lastChild(fn: Node): Node | undefined {
  let last: Node | undefined;
  fn.forEachChild((child) => {
    last = child;
  });
  return last && isTypeInPlaceOfBody(fn, last) ? undefined : last;
}
