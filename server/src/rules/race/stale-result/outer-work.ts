import {
  type CallExpression,
  type FunctionNode,
  type Identifier,
  isArrayLiteralExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { dependencyIn, type Effect } from './effect.ts';

/** The functions of the component that an effect calls: `load(id)`, with what stands for its dependencies in them. */
export function outerWork(effect: Effect): readonly Effect[] {
  const found: Effect[] = [];
  if (effect.fn.body)
    walkBody(effect.fn.body, (node) => {
      const callee = isCallExpression(node) ? unwrap(node.expression) : undefined;
      if (callee && isIdentifier(callee)) found.push(...calledBy(node as CallExpression, callee, effect));
      return true;
    });
  return found;
}

function calledBy(call: CallExpression, callee: Identifier, effect: Effect): readonly Effect[] {
  const declared = declarationName(callee);
  if (!declared || isWithin(declared, effect.fn)) return [];
  const { fn, deps } = functionBehind(declared);
  if (!fn?.body) return [];
  const dependent = new Map<string, Node>();
  fn.parameters.forEach(({ name }, index) => {
    const argument = call.arguments[index];
    const dep = argument && dependencyIn(argument, effect.dependent);
    if (dep && isIdentifier(name)) dependent.set(name.text, dep);
  });
  // `[load]`, where `load` is made anew whenever something else changes.
  const own = effect.deps.find((dep) => unwrap(dep).getText() === callee.text);
  for (const name of own ? deps : []) dependent.set(name, own as Node);
  return dependent.size > 0 ? [{ ...effect, fn, dependent }] : [];
}

/** A function, or one in `useCallback` with its own dependencies. */
function functionBehind(declared: Node): { readonly fn: FunctionNode | undefined; readonly deps: readonly string[] } {
  const { parent } = declared;
  if (isFunctionNode(parent)) return { fn: parent, deps: [] };
  const value = isVariableDeclaration(parent) && parent.initializer ? unwrap(parent.initializer) : undefined;
  if (value && isFunctionNode(value)) return { fn: value, deps: [] };
  if (!value || !isCallExpression(value) || lastName(value) !== 'useCallback') return { fn: undefined, deps: [] };
  const [first, second] = value.arguments.map((argument) => unwrap(argument));
  const list = second && isArrayLiteralExpression(second) ? second.elements : [];
  return {
    fn: first && isFunctionNode(first) ? first : undefined,
    deps: list.map((element) => unwrap(element).getText()),
  };
}
