import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isLiteralExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';

/** What a call does about rejections: `deaf` is given something else where a handler belongs. */
export async function handlingOf(call: CallExpression, types: Oracle): Promise<'handled' | 'deaf' | 'none'> {
  const callee = unwrap(call.expression);
  const method = isElementAccessExpression(callee)
    ? literalText(callee.argumentExpression)
    : isPropertyAccessExpression(callee)
      ? callee.name.text
      : undefined;
  if (method === 'finally') {
    const receiver = unwrap((callee as Node & { readonly expression: Node }).expression);
    return isCallExpression(receiver) ? handlingOf(receiver, types) : 'none';
  }
  const position = method === 'catch' ? 0 : method === 'then' ? 1 : undefined;
  if (position === undefined || call.arguments.slice(0, position + 1).some((argument) => isSpreadElement(argument)))
    return 'none';
  const handler = call.arguments[position];
  if (!handler) return method === 'catch' ? 'deaf' : 'none';
  if (await isCallable(handler, types)) return 'handled';
  return (await isMistakenHandler(handler, types)) ? 'handled' : 'deaf';
}

/** `(error) => …` in `redis.subscribe(channel, (error) => …)`: what gives a promise too tells its failures to the callback that it is given. */
export function takesErrors({ parameters }: FunctionNode): boolean {
  const [first, ...others] = parameters;
  return first !== undefined && others.length <= 2 && /^_?(?:e|err|error)$/.test(first.name.getText());
}

/** `.catch(log())` and `.catch('failed')` are the mistakes that `broken-chain` speaks of, at the argument. */
async function isMistakenHandler(handler: Node, types: Oracle): Promise<boolean> {
  const value = unwrap(handler);
  if (isLiteralExpression(value) || isObjectLiteralExpression(value)) return true;
  if (!isCallExpression(value)) return false;
  const members = await (await types.typeOf(value)).unionMembers();
  const callable = await Promise.all(members.map((member) => member.isCallable()));
  return !callable.includes(true) && !members.some((member) => member.isNullish && !member.isVoid);
}

async function isCallable(handler: Node, types: Oracle): Promise<boolean> {
  if (isFunctionNode(unwrap(handler))) return true;
  const type = await types.typeOf(handler);
  const members = await type.unionMembers();
  const answers = await Promise.all(
    members.map(async (member) => {
      const constraint = await member.constrained();
      return !constraint || constraint.isUnknown || constraint.isCallable();
    }),
  );
  return answers.every(Boolean);
}

function literalText(node: Node): string | undefined {
  return node.kind === SyntaxKind.StringLiteral ? (node as Node & { readonly text: string }).text : undefined;
}
