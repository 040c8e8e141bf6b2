import {
  isArrayLiteralExpression,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isNewExpression,
  isTryStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import type { Soon } from '../../typescript/soon.ts';
import { type DroppedTools, droppedIn } from './dropped.ts';
import { keptValue } from './kept-promises.ts';

/** What an expression starts, where somebody has to look after it: one promise or a list of them. */
export interface StartedPromise {
  readonly kind: 'promise' | 'list';
  readonly mayReject: boolean;
}

/**
 * Whether an expression starts a promise that needs an owner: one that dropping would be a finding. Promises that have
 * a handler already, that a package looks after by itself, and what is no promise are undefined.
 */
export async function startedPromise(
  value: Node,
  tools: Omit<DroppedTools, 'options'>,
): Promise<StartedPromise | undefined> {
  if (!isList(value) && !(await tools.types.mayBe('thenable', value))) return undefined;
  const options = { allowVoid: true, checkThenables: false, safePromises: [], safeCalls: [] };
  const [dropped] = await droppedIn(value, { ...tools, options });
  if (dropped?.kind === 'promise')
    return {
      kind: 'promise',
      mayReject: !hasNoReject(value) && !catchesAll(value) && !(await tools.facts.neverRejects(value)),
    };
  if (dropped?.kind === 'list') return { kind: 'list', mayReject: !(await tools.facts.noneRejects(value)) };
  return undefined;
}

/** Whether a declaration or an assignment may keep a promise in a variable, by what costs little to know. `false` is certain. */
export function mayKeepPromise(at: Node, types: Oracle): Soon<boolean> {
  const value = keptValue(at);
  return value !== undefined && (isList(value) || types.mayBe('thenable', value));
}

/** `xs.map(f)` and `[f(), g()]`: declarations say that there is an array and not of what. */
function isList(value: Node): boolean {
  const list = unwrap(value);
  return isArrayLiteralExpression(list) || (isCallExpression(list) && lastName(list.expression) === 'map');
}

/** `new Promise((resolve) => …)`: only what its executor throws at once could reject it, and that shows at the first run. */
function hasNoReject(value: Node): boolean {
  const created = unwrap(value);
  if (!isNewExpression(created)) return false;
  const executor = created.arguments?.[0] && unwrap(created.arguments[0]);
  return (
    executor !== undefined && isFunctionNode(executor) && !isAsyncFunction(executor) && executor.parameters.length < 2
  );
}

/** `(async () => { try { … } catch { … } })()`: who wrote it has dealt with every error that was thought of. */
function catchesAll(value: Node): boolean {
  const call = unwrap(value);
  const fn = isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!fn || !isFunctionNode(fn) || !fn.body || !isBlock(fn.body)) return false;
  const [statement, another] = fn.body.statements;
  if (!statement || another || !isTryStatement(statement) || !statement.catchClause) return false;
  let rethrows = false;
  walkBody(statement.catchClause.block, ({ kind }) => {
    if (kind === SyntaxKind.ThrowStatement) rethrows = true;
    return !rethrows;
  });
  return !rethrows;
}
