import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  lastName,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';

/** The first awaited call of a function that changes something that should not be changed twice: by its name, or a `POST`. */
export function changingCall(fn: FunctionNode): CallExpression | undefined {
  let found: CallExpression | undefined;
  if (fn.body)
    walkBody(fn.body, (node) => {
      const call = isAwaitExpression(node) ? unwrap(node.expression) : undefined;
      if (!found && call && isCallExpression(call) && changes(call)) found = call;
      return !found;
    });
  return found;
}

/** Words for what is not the same when it is done twice. Saving and deleting a second time mostly is. */
const once =
  /^(?:add|append|buy|charge|checkout|create|duplicate|enqueue|import|insert|invite|order|pay|place|post|publish|purchase|register|send|submit|transfer|upload|withdraw)(?:[A-Z_]|$)/;

function changes(call: CallExpression): boolean {
  const name = lastName(call) ?? '';
  if (name === 'fetch') return isPost(call.arguments[1]);
  return once.test(name);
}

function isPost(options: Node | undefined): boolean {
  return options !== undefined && /\bmethod\s*:\s*['"`]post['"`]/i.test(options.getText());
}
