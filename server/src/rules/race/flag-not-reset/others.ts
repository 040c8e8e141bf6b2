/** What else in the file looks at a flag, or clears it. */
import { functionName } from '../../../facts/uses.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isCatchClause,
  isContinueStatement,
  isFunctionNode,
  isIfStatement,
  isPrefixUnaryExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isWithin,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import { namesIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import { type FlagWrite, flagWrites } from './flag.ts';

/** The nodes in a function, and in functions inside it, that clear a flag. */
export function clearingNodes(root: Node, key: string): readonly FlagWrite[] {
  const found: FlagWrite[] = [];
  const look = (node: Node): void => {
    found.push(...flagWrites(node).filter((write) => write.to === 'cleared' && write.key === key));
    node.forEachChild(look);
  };
  look(root);
  return found;
}

/** The calls of a function that clear a flag in their callee, or in what that calls. */
export async function clearingCalls(fn: FunctionNode, key: string, ctx: RuleContext): Promise<readonly Node[]> {
  const calls = ownCallsOf(fn);
  const clears = await Promise.all(calls.map((call) => clearsIt(call, key, ctx, 0)));
  return calls.filter((_, index) => clears[index]);
}

async function clearsIt(call: CallExpression, key: string, ctx: RuleContext, depth: number): Promise<boolean> {
  const functions = await ctx.facts.calledFunctions(call);
  if (functions.some((fn) => clearingNodes(fn, key).length > 0)) return true;
  if (depth >= deepest) return false;
  const below = functions.flatMap(ownCallsOf);
  const answers = await Promise.all(below.map((inner) => clearsIt(inner, key, ctx, depth + 1)));
  return answers.includes(true);
}

const deepest = 1;

function ownCallsOf(fn: FunctionNode): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (isCallExpression(node)) calls.push(node);
      return true;
    });
  return calls;
}

/** Whether a handler of errors outside the function clears the flag: whoever calls the function looks after it. */
export function isClearedByOthers(write: FlagWrite, fn: FunctionNode): boolean {
  const file = fn.getSourceFile();
  const outside = clearsIn(file, write).filter((node) => !isWithin(node, fn));
  return outside.some(isInErrorHandling) || isClearedByCleanUp(write, fn);
}

/** As above, where a function that a handler of errors calls does it: `finally { this.cleanUp(); }`. */
function isClearedByCleanUp({ name }: FlagWrite, fn: FunctionNode): boolean {
  if (!name.includes('.')) return false;
  const file = fn.getSourceFile();
  const flag = lastPart(name);
  const cleaners = new Set(
    namesIn(file, flag).flatMap((node) => {
      const holder = enclosingFunction(node);
      const own = holder && holder !== fn ? functionName(holder)?.text : undefined;
      const access = node.parent;
      const clears = flagWrites(access.parent).some((write) => write.to === 'cleared' && lastPart(write.name) === flag);
      return own !== undefined && clears ? [own] : [];
    }),
  );
  return [...cleaners].some((cleaner) =>
    namesIn(file, cleaner).some(
      (node) => isCallExpression(wrapped(node.parent).parent ?? node) && isInErrorHandling(node),
    ),
  );
}

/** Whether anything but its own writes ever looks at the flag. State that a setter keeps is looked at by whoever shows it. */
export function isLookedAt(write: FlagWrite, file: SourceFile): boolean {
  if (write.key.includes('()') || write.key.endsWith(']')) return true;
  return namesIn(file, lastPart(write.name)).some((node) => !isWritten(node));
}

function isWritten(name: Node): boolean {
  let at = name;
  for (let i = 0; i < 3 && at.parent; i++) {
    at = at.parent;
    if (flagWrites(at).length > 0) return true;
    if (at.kind === SyntaxKind.PropertyDeclaration || at.kind === SyntaxKind.PropertySignature) return true;
    if (at.kind === SyntaxKind.VariableDeclaration) return (at as Node & { readonly name: Node }).name === name;
  }
  return false;
}

function clearsIn(file: SourceFile, { key, name }: FlagWrite): readonly Node[] {
  const setter = /([\w$]+)\(\)$/.exec(key)?.[1];
  return namesIn(file, setter ?? lastPart(name)).filter((node) => {
    let at = node;
    for (let i = 0; i < 4 && at.parent; i++) {
      at = at.parent;
      if (flagWrites(at).some((write) => write.to === 'cleared' && sameFlag(write.key, key))) return true;
    }
    return false;
  });
}

/** `this.busy` and `self.busy` are one field. */
function sameFlag(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/^(?:this|self|that)\??\./, '');
  return plain(a) === plain(b);
}

/** The look at a flag, before it is set, that sends the function away while it is set. */
export function guardOf({ key, name, step }: FlagWrite, fn: FunctionNode): Node | undefined {
  const [, holder, entry] = /^(.*)\[(.*)\]$/s.exec(key) ?? [];
  const texts = new Set(
    holder !== undefined
      ? [`${holder}.has(${entry})`, `${holder}.get(${entry})`]
      : key.includes('()')
        ? [name, `${name}()`, `this.state.${name}`, `state.${name}`]
        : [key],
  );
  let found: Node | undefined;
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (found || node.pos >= step.pos) return false;
      if (isIfStatement(node) && leaves(node.thenStatement))
        found = partsOf(node.expression).find((part) => texts.has(part.getText()));
      return true;
    });
  return found;
}

/** The operands of `a || b`: each is enough. */
function partsOf(condition: Node): readonly Node[] {
  const at = unwrap(condition);
  if (isPrefixUnaryExpression(at)) return [];
  const { left, right, operatorToken } = at as {
    readonly left?: Node;
    readonly right?: Node;
    readonly operatorToken?: Node;
  };
  if (left && right && operatorToken?.kind === SyntaxKind.BarBarToken) return [...partsOf(left), ...partsOf(right)];
  return [at];
}

function leaves(statement: Node): boolean {
  const last = isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined &&
    (isReturnStatement(last) || isThrowStatement(last) || isBreakStatement(last) || isContinueStatement(last))
  );
}

/** Whether a node runs when something has failed: `catch`, `finally`, a handler of a promise or of an error event. */
function isInErrorHandling(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isCatchClause(parent)) return true;
    if (isTryStatement(parent) && parent.finallyBlock === at) return true;
    if (!isCallExpression(parent) || !isFunctionNode(at)) continue;
    const link = chainCall(parent);
    if (link && (link.method !== 'then' || link.args[1] === at)) return true;
  }
  return false;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
