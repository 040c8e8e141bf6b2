import { functionName } from '../../../facts/uses.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isCatchClause,
  isDeleteExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isTryStatement,
  isWithin,
  lastName,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import { remember } from '../../../typescript/remember.ts';
import { nodesOfKinds } from '../../../typescript/tree-walk.ts';
import type { CachingPlace } from './place.ts';

/**
 * Whether a failed promise may leave the cache again: something in the file takes it out, or writes over it.
 * What only happens at the end of everything (`close() { cache.clear(); }`) does not count, unless a handler of errors calls it.
 */
export function mayBeRemoved(place: CachingPlace): boolean {
  return removalsIn(place.write.getSourceFile(), place).some((node) => {
    if (isInErrorHandling(node)) return true;
    const fn = enclosingFunction(node);
    if (!fn || fn.kind === SyntaxKind.Constructor) return false;
    const name = namedFunction(node);
    return name === undefined || !isEnd(name) || isCalledOnError(name, place);
  });
}

/** Whether a name speaks of the end of something. What ends ends once, and who asks again is told the same. */
export function isEnd(name: string): boolean {
  return /^_*#?(?:is|has|on|do|async|await|pending|in)?_?(?:abort|cancel|clean|clos|complet|destroy|detach|disconnect|dispos|drain|end|exit|finali[sz]|finish|flush|kill|quit|release|shut|stop|teardown|tear|terminat|unload|unmount)/i.test(
    name,
  );
}

/** The writes that take a promise out of the cache, or put another into its place. */
export function removalsIn(root: Node, { cache, how, write }: CachingPlace): readonly Node[] {
  const name = shortText(how === 'element' ? (cache as Node & { readonly expression: Node }).expression : cache);
  return remember(changes, root.getSourceFile(), () => changesIn(root.getSourceFile())).filter(
    (node) => node !== write && isRemoval(node, name, how) && isWithin(node, root),
  );
}

const changes = new WeakMap<SourceFile, readonly Node[]>();

/** What may take something out of anything, in a whole file: it is gone through once for all its caches. */
function changesIn(file: SourceFile): readonly Node[] {
  const found: Node[] = [];
  const next = nodesOfKinds(file, kindsOfChange);
  for (let node = next(); node; node = next()) {
    if (!isBinaryExpression(node) || node.operatorToken.kind === SyntaxKind.EqualsToken) found.push(node);
  }
  return found;
}

const kindsOfChange: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.DeleteExpression,
  SyntaxKind.BinaryExpression,
  SyntaxKind.CallExpression,
]);

function isRemoval(node: Node, name: string, how: CachingPlace['how']): boolean {
  if (isDeleteExpression(node)) {
    const at = unwrap(node.expression);
    if (how === 'variable') return shortText(at) === name;
    return isElementAccessExpression(at) && shortText(at.expression) === name;
  }
  if (isBinaryExpression(node)) {
    if (node.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
    const target = unwrap(node.left);
    if (how !== 'element' || shortText(target) === name) return shortText(target) === name;
    return isElementAccessExpression(target) && shortText(target.expression) === name;
  }
  if (how === 'variable' || !isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  return (
    isPropertyAccessExpression(callee) &&
    (callee.name.text === 'delete' || callee.name.text === 'clear') &&
    shortText(callee.expression) === name
  );
}

/** `this.cache` and `self.cache` are one field. */
function shortText(node: Node): string {
  return unwrap(node)
    .getText()
    .replace(/^(?:this|self|that)\??\.|[!?]/g, '');
}

/** Whether a node runs when something has failed or has ended: `catch`, `finally`, handlers of promises, timers. */
function isInErrorHandling(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isCatchClause(parent)) return true;
    if (isTryStatement(parent) && parent.finallyBlock === at) return true;
    if (!isCallExpression(parent) || parent.expression === at) continue;
    if (chainCall(parent) || /^(?:setTimeout|setInterval|on|once|addEventListener)$/.test(lastName(parent) ?? ''))
      return true;
  }
  return false;
}

function namedFunction(node: Node): string | undefined {
  for (let fn: FunctionNode | undefined = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const name = functionName(fn)?.text;
    if (name !== undefined) return name;
  }
  return undefined;
}

function isCalledOnError(name: string, { write }: CachingPlace): boolean {
  let found = false;
  const look = (node: Node): void => {
    found ||= isCallExpression(node) && lastName(node) === name && isInErrorHandling(node);
    if (!found) node.forEachChild(look);
  };
  look(write.getSourceFile());
  return found;
}
