import { abortedBy, isCleared, ownController, timerName } from '../facts/cancellation/own-controllers.ts';
import type { Fix } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  type CallExpression,
  isBlock,
  isExpressionStatement,
  isVariableStatement,
  type Node,
  wrapped,
} from '../typescript/ast.ts';
import { referencesTo } from '../typescript/references.ts';

/**
 * `AbortSignal.timeout(ms)` in place of a timer that aborts a controller. Where all is plain: the controller, its timer
 * and the clearing go, and the signal is made where it was read.
 * @param call the timer
 * @returns undefined where somebody else aborts or has the controller, or more hangs on the timer
 */
export function signalOfPlatform(call: CallExpression, ctx: Pick<RuleContext, 'file' | 'fix'>): Fix | undefined {
  const [callback, ms] = call.arguments;
  const controller = callback && ms && ownController(abortedBy(callback));
  if (!controller) return undefined;
  const { name, uses } = controller;
  const [only, another] = uses.filter(({ member }) => member === 'signal');
  const declaration = name.parent.parent.parent;
  const statement = statementOf(call);
  const timer = timerName(call);
  if (timer === 'unknown' || uses.filter(({ member }) => member === 'abort').length > 1) return undefined;
  const timerUses = timer ? referencesTo(timer) : [];
  if (!timerUses.every((use) => isCleared(use))) return undefined;
  const clearings = timerUses.map((use) => statementOf(use));
  if (!only || another || !isVariableStatement(declaration) || !statement) return undefined;
  if (declaration.declarationList.declarations.length !== 1 || !isPlain(ms)) return undefined;
  // A `finally` that would be left empty is for a person to take away.
  const statements = clearings.filter((one) => one !== undefined);
  if (statements.length < clearings.length || statements.some((one) => isAlone(one))) return undefined;
  const read = wrapped(only.at).parent;
  return ctx.fix.choice(
    'Use `AbortSignal.timeout`',
    ctx.fix.replace(read, `AbortSignal.timeout(${ms.getText()})`),
    [declaration, statement, ...statements].map((one) => ctx.fix.remove(wholeLine(one, ctx.file.text))),
  );
}

function statementOf(node: Node): Node | undefined {
  let at = node;
  while (at.parent && !isExpressionStatement(at) && !isVariableStatement(at)) at = at.parent;
  return at.parent && isBlock(at.parent) ? at : undefined;
}

function isAlone(statement: Node): boolean {
  return isBlock(statement.parent) && statement.parent.statements.length === 1;
}

function isPlain(ms: Node): boolean {
  return /^[\w$.\s*_]+$/.test(ms.getText());
}

function wholeLine(statement: Node, text: string): { readonly start: number; readonly end: number } {
  const start = statement.getStart();
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', statement.end);
  const isWhole = /^[ \t]*$/.test(text.slice(line, start)) && /^[ \t;]*$/.test(text.slice(statement.end, end));
  return isWhole && end >= 0 ? { start: line, end: end + 1 } : { start, end: statement.end };
}
