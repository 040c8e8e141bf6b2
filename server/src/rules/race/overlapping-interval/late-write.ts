import { type Access, accessesOf } from '../../../facts/shared/accesses.ts';
import { isGuarded } from '../../../facts/shared/guards.ts';
import { stepsOfAccess } from '../../../facts/shared/steps.ts';
import type { Step } from '../../../flow/graph.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isLiteralExpression,
  isNewExpression,
  isReturnStatement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** A write behind a wait: by then another run may have written the same. */
export interface LateWrite {
  readonly suspension: Node;
  readonly write: Node;
  readonly place: string;
  /** Whether the next tick puts it right: a value that is only replaced. */
  readonly heals: boolean;
}

/** @param exceptReplaced whether writes that just replace a value are left out */
export async function lateWrite(
  fn: FunctionNode,
  exceptReplaced: boolean,
  ctx: RuleContext,
): Promise<LateWrite | undefined> {
  const graph = ctx.flow.graphOf(fn);
  const writes = accessesOf(fn).filter((access) => isTelling(access) && !(exceptReplaced && access.how === 'assign'));
  if (writes.length === 0) return undefined;
  const suspensions = ctx.flow.suspensionsOf(graph);
  const isOpen = await Promise.all(suspensions.map((step) => lasts(step, ctx)));
  const open = suspensions.filter((_, index) => isOpen[index]);
  for (const write of writes) {
    if (isMadeOnce(write, fn)) continue;
    const steps = stepsOfAccess(write, graph);
    for (const suspension of open) {
      if (!ctx.flow.canReach([suspension], steps)) continue;
      if (isGuarded(fn, graph, suspension, suspension, write.place)) continue;
      return { suspension: suspension.node, write: write.node, place: write.place.text, heals: write.how === 'assign' };
    }
  }
  return undefined;
}

/** Whether a look whether it is there comes first: what is made once is no state of the tick's. */
function isMadeOnce({ how, node, place }: Access, fn: FunctionNode): boolean {
  if (how !== 'assign' || !fn.body) return false;
  let found = false;
  walkBody(fn.body, (at) => {
    if (found || at.pos > node.pos) return false;
    if (!isIfStatement(at)) return true;
    const test = at.expression.getText();
    const isAbout = test === place.text || test === `!${place.text}` || test.startsWith(`${place.text} && `);
    found = isAbout && (isWithin(node, at.thenStatement) || leaves(at.thenStatement));
    return true;
  });
  return found;
}

function leaves(statement: Node): boolean {
  const last = isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && isReturnStatement(last);
}

/** Whether it waits for something that takes as long as it takes. */
async function lasts({ node }: Step, ctx: RuleContext): Promise<boolean> {
  return !isAwaitExpression(node) || (await ctx.facts.suspensionLength(node.expression)) === 'open';
}

/** Whether it matters which of two runs writes last: not for constants, times, and what is only counted or taken away. */
function isTelling({ access, how, value, place, method }: Access): boolean {
  if (access !== 'write' || place.kind === 'parameter' || place.kind === 'local') return false;
  if (how === 'compound') return true;
  if (how === 'method') return /^(?:clear|pop|push|set|shift|splice|unshift)$/.test(method ?? '');
  return how === 'assign' && value !== undefined && !isPlainValue(value);
}

function isPlainValue(value: Node): boolean {
  const at = unwrap(value);
  switch (at.kind) {
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
    case SyntaxKind.PrefixUnaryExpression:
      return true;
  }
  if (isLiteralExpression(at) || isFunctionNode(at)) return true;
  if (isIdentifier(at)) return at.text === 'undefined';
  if (isNewExpression(at)) return true;
  return isCallExpression(at) && /^(?:Date|performance)\.now$|^setTimeout$|^setInterval$/.test(at.expression.getText());
}
