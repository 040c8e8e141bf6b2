import type { KnownLock } from '../../../knowledge/locks.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  isExpressionStatement,
  isFunctionNode,
  isVariableStatement,
  type Node,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { Held, Release } from './held.ts';

/** The release moved into `finally`, or written there where there is none. */
export function releaseFixes(
  call: CallExpression,
  held: Held,
  lock: KnownLock,
  releases: readonly Release[],
  ctx: RuleContext,
): readonly (Fix | undefined)[] {
  const opening = statementAround(call);
  if (!opening) return [];
  const [release, ...more] = releases;
  if (!release) return [addedRelease(opening, held, lock, ctx)];
  const closing = release.call && more.length === 0 ? statementAround(release.call) : undefined;
  const edits = closing && isExpressionStatement(closing) ? ctx.fix.moveToFinally(opening, closing) : undefined;
  return [edits && ctx.fix.choice('Release it in `finally`', edits)];
}

function addedRelease(opening: Node, held: Held, lock: KnownLock, ctx: RuleContext): Fix | undefined {
  if (held.kind !== 'variable' || !isVariableStatement(opening)) return undefined;
  const { statements } = opening.parent as { readonly statements?: readonly Node[] };
  const behind = statements?.slice(statements.indexOf(opening) + 1) ?? [];
  const [method] = lock.release;
  const name = held.name.text;
  if (behind.length === 0 || (lock.gives === 'handle' && method === undefined) || lock.gives === 'resource')
    return undefined;
  const needsAwait = lock.asynchronous && awaitIsAllowed(opening, ctx.file.allowsTopLevelAwait);
  if (lock.asynchronous && !needsAwait) return undefined;
  const code = `${needsAwait ? 'await ' : ''}${lock.gives === 'handle' ? `${name}.${method}` : name}()`;
  const edits = ctx.fix.wrapInTryFinally(behind, code);
  return edits && ctx.fix.choice(`Release it in \`finally\``, edits);
}

function statementAround(node: Node): Node | undefined {
  for (let at = node; at.parent; at = at.parent) {
    if (isExpressionStatement(at) || isVariableStatement(at)) return at;
    if (isFunctionNode(at)) return undefined;
  }
  return undefined;
}
