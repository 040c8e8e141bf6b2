import {
  type BinaryExpression,
  type CallExpression,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableStatement,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';

/** What waits for an answer is only entered when the question has been sent. */
export interface LateAnswer {
  /** The collection of those who wait. */
  readonly waiting: Node;
  readonly key: Node;
  readonly sent: CallExpression;
}

/** `send(request); waiting[request.id] = callback;`: the assignment, or the call of `set`, right behind what sends. */
export function lateAnswer(entry: BinaryExpression | CallExpression): LateAnswer | undefined {
  const parts = isCallExpression(entry) ? ofCall(entry) : ofAssignment(entry);
  const statement = entry.parent;
  if (!parts || !isExpressionStatement(statement) || !isBlock(statement.parent)) return undefined;
  if (!holdsCallback(parts.value)) return undefined;
  const root = rootText(parts.key);
  const sent = root === undefined ? undefined : sentBefore(statement, root);
  return sent && { waiting: parts.waiting, key: parts.key, sent };
}

/** What sends something with the key, among the statements before; those around, where the entry is in a promise's executor. */
function sentBefore(statement: Node, root: string): CallExpression | undefined {
  const { parent } = statement;
  if (!isBlock(parent)) return undefined;
  for (const one of parent.statements.slice(0, parent.statements.indexOf(statement as never)).reverse()) {
    if (isVariableStatement(one)) continue;
    if (!isExpressionStatement(one)) return undefined;
    const call = unwrap(isAwaitExpression(one.expression) ? one.expression.expression : one.expression);
    if (!isCallExpression(call)) return undefined;
    if (isSending(call) && call.arguments.some((argument) => mentionsName(argument, root))) return call;
  }
  const executor = parent.parent;
  const made = isFunctionNode(executor) ? wrapped(executor).parent : undefined;
  if (!made || !isNewExpression(made) || made.expression.getText() !== 'Promise') return undefined;
  let at: Node = made;
  while (at.parent && !isBlock(at.parent) && !isFunctionNode(at.parent)) at = at.parent;
  return sentBefore(at, root);
}

interface Entry {
  readonly waiting: Node;
  readonly key: Node;
  readonly value: Node;
}

function ofAssignment({ left, right }: BinaryExpression): Entry | undefined {
  const target = unwrap(left);
  return isElementAccessExpression(target)
    ? { waiting: target.expression, key: unwrapped(target.argumentExpression), value: right }
    : undefined;
}

function ofCall(call: CallExpression): Entry | undefined {
  const callee = unwrap(call.expression);
  const [key, value] = call.arguments;
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'set' || !key || !value) return undefined;
  return { waiting: callee.expression, key: unwrapped(key), value };
}

/** `request.id as unknown as string` is `request.id`. */
function unwrapped(node: Node): Node {
  let at = unwrap(node);
  for (;;) {
    const { expression } = at as { readonly expression?: Node };
    if (!expression || isPropertyAccessExpression(at) || isCallExpression(at)) return at;
    at = unwrap(expression);
  }
}

function rootText(key: Node): string | undefined {
  let at = unwrap(key);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at.text : undefined;
}

function isSending(call: CallExpression): boolean {
  return /^#?_?(?:send|post|publish|transmit|write)(?:[A-Z]\w*)?$/.test(lastName(call.expression) ?? '');
}

/** Whether a value holds something that is called when the answer comes. */
function holdsCallback(value: Node): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (isFunctionNode(node)) found = true;
    if (
      isIdentifier(node) &&
      /^(?:resolve|reject|callback|cb|next|end|done|handler|deferred|on[A-Z]\w*)$/.test(node.text)
    )
      found = true;
    if (!found) node.forEachChild(look);
  };
  look(value);
  return found;
}

function mentionsName(node: Node, text: string): boolean {
  let found = false;
  const look = (at: Node): void => {
    if (isIdentifier(at) && at.text === text) found = true;
    if (!found) at.forEachChild(look);
  };
  look(node);
  return found;
}
