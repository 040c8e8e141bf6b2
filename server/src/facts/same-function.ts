import {
  type CallExpression,
  isArrayBindingPattern,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';

/** Hooks that give back the function they are given, so that whoever calls the one calls the other. */
const keepers: ReadonlySet<string> = new Set([
  'useCallback',
  'useEffectEvent',
  'useEvent',
  'useEventCallback',
  'useMemoizedFn',
]);

/** The function that `useCallback(save, [id])` and its like give back; undefined for other calls. */
export function keptFunction(call: CallExpression): Node | undefined {
  return keepers.has(lastName(call.expression) ?? '') ? call.arguments[0] : undefined;
}

/** Hooks whose result is a state and the function that changes it. */
const stateHooks: ReadonlySet<string> = new Set(['useState', 'useReducer', 'useSetState']);

/** Whether a call is that of the second of `const [name, setName] = useState('')`: it only asks for another rendering. */
export async function isStateSetter(call: Node, types: Oracle): Promise<boolean> {
  const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!callee || !isIdentifier(callee) || !/^(?:set[A-Z]|dispatch)/.test(callee.text)) return false;
  const [declaration] = await types.declarationsOf(callee);
  if (!declaration || !isBindingElement(declaration) || !isArrayBindingPattern(declaration.parent)) return false;
  const holder = declaration.parent.parent;
  const value = isVariableDeclaration(holder) && holder.initializer ? unwrap(holder.initializer) : undefined;
  return value !== undefined && isCallExpression(value) && stateHooks.has(lastName(value.expression) ?? '');
}
