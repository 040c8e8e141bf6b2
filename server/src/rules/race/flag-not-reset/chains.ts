/** Flags that a link of a chain clears: `load().then(() => setLoading(false))`. */
import type { Fix } from '../../../model/finding.ts';
import {
  type FunctionNode,
  isBlock,
  isExpressionStatement,
  isFunctionNode,
  isVoidExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { type ChainCall, chainCall, chainOf, handlesRejection, nextLink } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import type { FlagWrite } from './flag.ts';
import { clearingNodes } from './others.ts';

export interface ChainedClear {
  readonly clear: FlagWrite;
  /** The link whose callback clears the flag, once all went well. */
  readonly link: ChainCall;
  /** What the chain starts with. */
  readonly start: Node;
}

/** The only link that clears a flag, where it is passed over as soon as something before it rejects. */
export function clearedWhenFulfilled(
  write: FlagWrite,
  clears: readonly FlagWrite[],
  fn: FunctionNode,
): ChainedClear | undefined {
  const [clear, ...more] = clears;
  const link = clear && more.length === 0 ? linkAround(clear.step, fn) : undefined;
  if (!clear || !link || link.method !== 'then' || link.call.pos < write.step.end) return undefined;
  const { start, links } = chainOf(link.call);
  // Who has handled the rejection before goes on with this link.
  if (links.slice(0, -1).some(handlesRejection)) return undefined;
  for (let next: ChainCall | undefined = link; next; next = nextLink(next.call)) {
    const handlers = next === link ? next.args.slice(1) : next.args;
    if (handlers.some((handler) => clearingNodes(handler, write.key).length > 0)) return undefined;
    // A handler that is only named may do anything.
    if (handlers.some((handler) => !isFunctionNode(unwrap(handler)) && !isPrinting(handler))) return undefined;
  }
  return { clear, link, start };
}

/** `console.error` clears nothing. */
function isPrinting(handler: Node): boolean {
  return handler.getText().startsWith('console.');
}

/** The link whose first argument is the function around a node. */
function linkAround(node: Node, fn: FunctionNode): ChainCall | undefined {
  for (let at = node.parent; at && at !== fn; at = at.parent) {
    if (!isFunctionNode(at)) continue;
    const link = chainCall(wrapped(at).parent);
    return link?.args[0] && unwrap(link.args[0]) === at ? link : undefined;
  }
  return undefined;
}

/** Whether nobody takes the value of the chain: `finally` gives that of the link before. */
function isDropped(link: ChainCall): boolean {
  let last = link;
  for (let next = nextLink(link.call); next; next = nextLink(next.call)) last = next;
  const { parent } = wrapped(last.call);
  return isExpressionStatement(parent) || isVoidExpression(parent);
}

/** `.then(() => setLoading(false))` → `.finally(…)`, where the callback does nothing else and takes nothing. */
export function finallyFix({ clear, link }: ChainedClear, ctx: RuleContext): Fix | undefined {
  const callback = link.args[0] && unwrap(link.args[0]);
  if (!callback || !isFunctionNode(callback) || !callback.body || link.args.length > 1) return undefined;
  if (callback.parameters.length > 0 || !isDropped(link)) return undefined;
  const { body } = callback;
  const only = isBlock(body) ? (body.statements.length === 1 ? body.statements[0] : undefined) : body;
  const expression = only && isExpressionStatement(only) ? only.expression : only;
  if (
    !expression ||
    unwrap(expression) !== unwrap(clear.step.kind === expression.kind ? clear.step : clear.step.parent)
  )
    return undefined;
  return ctx.fix.choice(`Clear \`${clear.name}\` in \`finally\``, ctx.fix.replace(link.name, 'finally'));
}
