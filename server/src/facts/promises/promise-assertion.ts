import {
  type CallExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';

/** `expect(p).resolves.…`, `expect(p).rejects.…`, `assert.rejects(p)`: they check something only once the promise settles. */
export function isPromiseAssertion(call: CallExpression): boolean {
  const name = lastName(call.expression);
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return false;
  if ((name === 'rejects' || name === 'doesNotReject') && /assert$/i.test(lastName(callee.expression) ?? ''))
    return true;
  let throughPromise = false;
  let at: Node = callee;
  while (isPropertyAccessExpression(at)) {
    throughPromise ||= at.name.text === 'resolves' || at.name.text === 'rejects';
    at = unwrap(at.expression);
  }
  return throughPromise && isCallExpression(at) && /^expect/.test(firstName(at) ?? '');
}

function firstName(call: CallExpression): string | undefined {
  let at: Node = unwrap(call.expression);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at.text : undefined;
}
