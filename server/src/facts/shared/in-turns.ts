/** Methods under a decorator that lets one run serve all who call meanwhile, or lets each wait for the one before. */
import { lockKnowledge } from '../../knowledge/locks.ts';
import {
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isDecorator,
  isElementAccessExpression,
  isFunctionNode,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';

/** Whether the name of one of a method's decorators says so: `@gate()`. */
export function isInTurnsByName(fn: FunctionNode): boolean {
  return decoratorsOf(fn).some((decorator) => lockKnowledge.isShareOfRuns(lastName(decorator) ?? ''));
}

/** Whether two calls of a method run one after the other or share one run, by its decorators' names or by their code in the project. */
export async function isInTurns(fn: FunctionNode, types: Oracle): Promise<boolean> {
  const decorators = decoratorsOf(fn);
  if (decorators.length === 0) return false;
  if (isInTurnsByName(fn)) return true;
  const implementations = await Promise.all(decorators.map((decorator) => types.functionsOf(decorator)));
  return implementations.flat().some((one) => innerFunctions(one).some(keepsWhatItStarts));
}

/** Whether a decorator lets a method run from a timer, so that what a call gives is not the promise of the method: `@debounce(100)`. */
export function isDeferred(fn: FunctionNode): boolean {
  return decoratorsOf(fn).some((decorator) => lockKnowledge.defersRuns(lastName(decorator) ?? ''));
}

/** What stands behind each `@`, without its arguments. */
function decoratorsOf(fn: FunctionNode): readonly Node[] {
  const modifiers: readonly Node[] = (isMethodDeclaration(fn) && fn.modifiers) || [];
  return modifiers.filter(isDecorator).map(({ expression }) => {
    const at = unwrap(expression);
    return isCallExpression(at) ? unwrap(at.expression) : at;
  });
}

function innerFunctions(decorator: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const look = (node: Node): void => {
    if (isFunctionNode(node)) found.push(node);
    node.forEachChild(look);
  };
  if (decorator.body) look(decorator.body);
  return found;
}

/**
 * Whether a function that stands for a method calls it, keeps what that gives under a key, and gives back what it keeps:
 * `this[key] ??= method.apply(this, args)`, `running.set(key, work)`. A counter is kept, and is not what is given back.
 */
function keepsWhatItStarts(fn: FunctionNode): boolean {
  let calls = false;
  const kept = new Set<string>();
  const given: string[] = [];
  const look = (node: Node): void => {
    if (isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const method = isPropertyAccessExpression(callee) ? callee.name.text : '';
      if (method === 'apply' || method === 'call') calls = true;
      const [key, value] = node.arguments;
      if (method === 'set' && key && value) kept.add(value.getText());
    }
    if (isBinaryExpression(node) && isElementAccessExpression(unwrap(node.left)) && isAssignment(node.operatorToken)) {
      kept.add(node.left.getText()).add(node.right.getText()).add(node.getText());
    }
    if (isReturnStatement(node) && node.expression) given.push(unwrap(node.expression).getText());
    // What an inner function gives back is its own.
    if (!isFunctionNode(node)) node.forEachChild(look);
    else node.forEachChild((child) => lookForCalls(child));
  };
  const lookForCalls = (node: Node): void => {
    if (isCallExpression(node) && /^(?:apply|call)$/.test(lastName(node.expression) ?? '')) calls = true;
    node.forEachChild(lookForCalls);
  };
  fn.body?.forEachChild(look);
  return calls && given.some((text) => kept.has(text));
}

function isAssignment({ kind }: Node): boolean {
  return kind === SyntaxKind.EqualsToken || kind === SyntaxKind.QuestionQuestionEqualsToken;
}
