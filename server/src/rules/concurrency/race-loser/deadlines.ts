import { helperTimer, startOf } from '../../../facts/lifetime/promise-timers.ts';
import { timerCall } from '../../../facts/lifetime/timers.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import { isCallExpression, isNewExpression, lastName, type Node, unwrap } from '../../../typescript/ast.ts';
import type { Oracle } from '../../../typescript/oracle.ts';
import { chainOf } from '../../../typescript/promise-syntax.ts';

/** Whether a racer is there to end a race after a time: a timer's promise, or a function that says so by its name. */
export async function isDeadline(racer: Node, types: Oracle, knowledge: Knowledge): Promise<boolean> {
  const { start } = chainOf(startOf(chainOf(racer).start));
  if (isNewExpression(start)) return hasTimer(start);
  if (!isCallExpression(start)) return saysSo.test(unwrap(racer).getText().slice(0, longestName));
  if (saysSo.test(lastName(start) ?? '')) return true;
  if (knowledge.timers.sleeps(await types.origins(start.expression))) return true;
  return (await helperTimer(start, types)) !== undefined;
}

const saysSo = /time_?out|timed|deadline|expir|sleep|delay|too_?late|abort|cancel/i;
const longestName = 60;

function hasTimer(promise: Node): boolean {
  let found = false;
  const look = (node: Node): void => {
    found ||= isCallExpression(node) && timerCall(node)?.kind === 'setTimeout';
    if (!found) node.forEachChild(look);
  };
  look(promise);
  return found;
}
