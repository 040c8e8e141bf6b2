import {
  type AwaitExpression,
  enclosingFunction,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { type ChainCall, chainCall } from '../../../typescript/promise-syntax.ts';

/** The `.then(f)` that is awaited, with a function that is written there. `.then(f, g)` and what handles rejections say more than `await` does. */
export function awaitedLink({ expression }: AwaitExpression): ChainCall | undefined {
  const link = chainCall(expression);
  if (link?.method !== 'then' || link.args.length !== 1) return undefined;
  const handler = link.args[0] && unwrap(link.args[0]);
  // `await import('x').then((m) => m.y)` takes one export, which lets bundlers leave the others out.
  const start = unwrap(link.receiver);
  if (isCallExpression(start) && start.expression.kind === SyntaxKind.ImportKeyword) return undefined;
  return handler && isFunctionNode(handler) ? link : undefined;
}

/** `(await load()).name` for `await load().then((user) => user.name)`, where the parameter is used once, at the start. */
export function withoutThen({ receiver, args }: ChainCall): string | undefined {
  const handler = args[0] && unwrap(args[0]);
  if (!handler || !isArrowFunction(handler) || isBlock(handler.body) || handler.parameters.length !== 1)
    return undefined;
  const name = handler.parameters[0]?.name;
  if (!name || !isIdentifier(name) || isObjectLiteralExpression(unwrap(handler.body))) return undefined;
  const { body } = handler;
  const uses: Node[] = [];
  const visit = (at: Node): void => {
    if (isIdentifier(at) && at.text === name.text && (at.parent as { readonly name?: Node }).name !== at) uses.push(at);
    at.forEachChild(visit);
  };
  visit(body);
  const [use] = uses;
  // What stands before it would run earlier than now.
  if (!use || uses.length !== 1 || use.getStart() !== body.getStart() || enclosingFunction(use) !== handler)
    return undefined;
  const rest = body.getText().slice(name.text.length);
  if (rest === '') return `await ${receiver.getText()}`;
  const value = `(await ${receiver.getText()})${rest}`;
  return isPlainAccess(body) ? value : `await ${value}`;
}

/** Members are plain values most of the time; what a call gives may be a promise, and has been awaited until now. */
function isPlainAccess(body: Node): boolean {
  return !/\(/.test(body.getText()) && /^[\w$.?![\]'"\s]+$/.test(body.getText());
}
