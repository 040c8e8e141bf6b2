/** Flags that are no sign of work under way: settings, and states that one event begins and another ends. By syntax alone. */
import {
  type FunctionNode,
  isBlock,
  isExpressionStatement,
  isFunctionNode,
  isIfStatement,
  isReturnStatement,
  isTryStatement,
  isWithin,
  type Node,
  walkBody,
} from '../../../typescript/ast.ts';
import { type FlagWrite, flagWrites } from './flag.ts';

/**
 * Whether the flag is switched on and off by what somebody chose: `if (level === 'none') off(); else on();`, or a function
 * with a way that switches it on and returns.
 */
export function isSetting(write: FlagWrite, clears: readonly FlagWrite[], fn: FunctionNode): boolean {
  const choice = branchAround(write.step, fn);
  if (choice && clears.some(({ step }) => isWithin(step, choice.other))) return true;
  let found = false;
  if (fn.body)
    walkBody(fn.body, (node) => {
      found ||= isExpressionStatement(node) && isLastWord(node) && flagWrites(node.expression).some(isSame(write));
      return !found;
    });
  return found;
}

function isSame({ key, step }: FlagWrite): (other: FlagWrite) => boolean {
  return (other) => other.to === 'set' && other.key === key && other.step !== step;
}

/** Whether the next statement returns. */
function isLastWord(statement: Node): boolean {
  const { parent } = statement;
  if (!isBlock(parent)) return false;
  const statements: readonly Node[] = parent.statements;
  const next = statements[statements.indexOf(statement) + 1];
  return next !== undefined && isReturnStatement(next);
}

/** The `if` with an `else` that a place is directly in a branch of. */
function branchAround(place: Node, fn: FunctionNode): { readonly other: Node } | undefined {
  for (let at = place; at.parent && at.parent !== fn; at = at.parent) {
    const { parent } = at;
    if (!isIfStatement(parent) || at === parent.expression) continue;
    const other = at === parent.thenStatement ? parent.elseStatement : parent.thenStatement;
    return other && { other };
  }
  return undefined;
}

/** Whether it is set where one thing has happened, and cleared only where another has: `if (begins) on(); …; if (ends) off();`. */
export function isOfOtherEvent({ step }: FlagWrite, clears: readonly FlagWrite[]): boolean {
  const begins = conditionsOf(step);
  const later = clears.filter((clear) => clear.step.pos > step.pos);
  return (
    begins.length > 0 &&
    later.length > 0 &&
    later.every((clear) => {
      const ends = conditionsOf(clear.step).filter((condition) => !begins.includes(condition));
      const isApart = begins.some((condition) => !isWithin(clear.step, condition.parent));
      const texts = begins.map((condition) => condition.getText());
      return isApart && ends.length > 0 && !ends.some((condition) => texts.includes(condition.getText()));
    })
  );
}

/** The conditions of the `if`s around a place, innermost first. */
function conditionsOf(place: Node): readonly Node[] {
  const found: Node[] = [];
  for (let at = place; at.parent && !isFunctionNode(at.parent); at = at.parent)
    if (isIfStatement(at.parent) && at !== at.parent.expression) found.push(at.parent.expression);
  return found;
}

/** The `finally` that a place stands in under a condition. */
export function finallyAround(place: Node, fn: FunctionNode): Node | undefined {
  for (let at = place; at.parent && at.parent !== fn; at = at.parent)
    if (isTryStatement(at.parent) && at.parent.finallyBlock === at) return at;
  return undefined;
}
