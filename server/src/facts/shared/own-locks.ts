/** Locks that a project has written itself, known by what they do: one method waits until another one resumes it. */
import { dominates } from '../../flow/dominators.ts';
import { graphOf } from '../../flow/graph-of.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';

/** Whether a function waits for such a lock before it comes to a place, on every path. */
export async function holdsOwnLock(fn: FunctionNode, place: Node, types: Oracle): Promise<boolean> {
  const graph = graphOf(fn);
  const ends = graph.stepsOf(place);
  const waits = graph.steps.filter(
    (step) => step.kind === 'await' && ends.length > 0 && ends.every((end) => dominates(graph, step, end)),
  );
  const calls = waits
    .map(({ node }) => (isAwaitExpression(node) ? unwrap(node.expression) : node))
    .filter((node) => isCallExpression(node));
  const functions = await Promise.all(calls.map((call) => types.functionsOf(call.expression)));
  return functions.flat().some(isWaitingToBeResumed);
}

/** `await new Promise((resolve) => this.queue.push(resolve))`, where another method of the class takes from `this.queue`. */
function isWaitingToBeResumed(fn: FunctionNode): boolean {
  const owner = fn.parent;
  if (!isClassLikeDeclaration(owner) || !fn.body) return false;
  const field = resolverField(fn.body);
  if (field === undefined) return false;
  return owner.members.some((member) => member !== fn && isFunctionNode(member) && resumes(member, field));
}

/** The field that keeps the function which fulfils a promise. */
function resolverField(body: Node): string | undefined {
  let field: string | undefined;
  const look = (node: Node): void => {
    if (isNewExpression(node) && node.expression.getText() === 'Promise') {
      const [executor] = node.arguments ?? [];
      const [resolve] = executor && isFunctionNode(executor) ? executor.parameters : [];
      if (executor && resolve && isIdentifier(resolve.name)) field ??= keptIn(executor, resolve.name.text);
    }
    if (field === undefined) node.forEachChild(look);
  };
  look(body);
  return field;
}

function keptIn(executor: Node, resolve: string): string | undefined {
  let field: string | undefined;
  const look = (node: Node): void => {
    if (isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const keeps =
        isPropertyAccessExpression(callee) && /^(?:push|unshift|add|enqueue|append)$/.test(callee.name.text);
      if (keeps && node.arguments.some((argument) => new RegExp(`\\b${resolve}\\b`).test(argument.getText())))
        field ??= fieldOf(callee.expression);
    }
    if (
      isBinaryExpression(node) &&
      node.operatorToken.kind === SyntaxKind.EqualsToken &&
      node.right.getText() === resolve
    )
      field ??= fieldOf(node.left);
    node.forEachChild(look);
  };
  look(executor);
  return field;
}

function fieldOf(node: Node): string | undefined {
  const at = unwrap(node);
  return isPropertyAccessExpression(at) && at.expression.kind === SyntaxKind.ThisKeyword ? at.name.text : undefined;
}

/** Whether a method takes a waiting one out of the field and lets it go on. */
function resumes(member: FunctionNode, field: string): boolean {
  const text = member.body?.getText() ?? '';
  const name = `this\\.${field.replaceAll('$', '\\$')}`;
  return new RegExp(`${name}(?:\\.(?:shift|pop|dequeue)\\b|\\?\\.\\(|\\()`).test(text);
}
