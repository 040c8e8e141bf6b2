import type { BlockingCall } from '../facts/blocking/blocking.ts';
import { processSleepMilliseconds } from '../facts/blocking/blocking-arguments.ts';
import type { BusyWait, Loop } from '../facts/blocking/busy-wait.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  awaitIsAllowed,
  isBinaryExpression,
  isExpressionStatement,
  isIdentifier,
  isNumericLiteral,
  isWhileStatement,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';

type FixTools = Pick<RuleContext, 'file' | 'fix'>;

/** Awaits a timer instead of a call that sleeps. Undefined where `await` may not stand, or where the duration is not known. */
export function sleepFix(blocking: BlockingCall, ctx: FixTools): Fix | undefined {
  const { call } = blocking;
  const milliseconds = blocking.does === 'sleep' ? duration(blocking) : undefined;
  // A sleep tells how it ended; who asks is not served by a timer.
  if (milliseconds === undefined || !isExpressionStatement(wrapped(call).parent) || !awaitIsAllowed(call, false))
    return undefined;
  const timer = timerFor(milliseconds, ctx);
  return ctx.fix.choice('Await a timer instead', ctx.fix.replace(call, timer.text), timer.edits);
}

/** Awaits a timer for what is left instead of a loop that watches the clock. */
export function spinFix(loop: Loop, wait: BusyWait, ctx: FixTools): Fix | undefined {
  if (wait.for !== 'clock' || !isWhileStatement(loop) || !awaitIsAllowed(loop, false)) return undefined;
  const left = timeLeft(wait.until);
  if (left === undefined) return undefined;
  const timer = timerFor(left, ctx);
  const semicolon = /;\s*$/m.test(ctx.file.text) ? ';' : '';
  return ctx.fix.choice('Await a timer instead', ctx.fix.replace(loop, timer.text + semicolon), timer.edits);
}

function duration({ call, ...blocking }: BlockingCall & { readonly does: 'sleep' }): string | undefined {
  const { argument, milliseconds = 1 } = blocking.api;
  if (argument === undefined) return processSleepMilliseconds(call)?.toString();
  const given = call.arguments[argument];
  if (!given) return undefined;
  const text = given.getText();
  if (milliseconds === 1) return text;
  if (isNumericLiteral(given)) return String(Number(given.text) * milliseconds);
  const isPlain = isIdentifier(given);
  return milliseconds > 1
    ? `${isPlain ? text : `(${text})`} * ${milliseconds}`
    : `${isPlain ? text : `(${text})`} / ${1 / milliseconds}`;
}

/** `Date.now() < end` → `end - Date.now()`; `Date.now() - start < ms` → `ms - (Date.now() - start)`. */
function timeLeft(test: Node): string | undefined {
  const at = unwrap(test);
  if (!isBinaryExpression(at)) return undefined;
  const isLess =
    at.operatorToken.kind === SyntaxKind.LessThanToken || at.operatorToken.kind === SyntaxKind.LessThanEqualsToken;
  const isMore =
    at.operatorToken.kind === SyntaxKind.GreaterThanToken ||
    at.operatorToken.kind === SyntaxKind.GreaterThanEqualsToken;
  if (!isLess && !isMore) return undefined;
  const [clock, limit] = isLess ? [unwrap(at.left), unwrap(at.right)] : [unwrap(at.right), unwrap(at.left)];
  const end = operand(limit);
  if (/^(?:Date|performance)\.now\(\)$/.test(clock.getText())) return `${end} - ${clock.getText()}`;
  if (
    isBinaryExpression(clock) &&
    clock.operatorToken.kind === SyntaxKind.MinusToken &&
    /^(?:Date|performance)\.now\(\)$/.test(clock.left.getText())
  ) {
    return `${end} - (${clock.getText()})`;
  }
  return undefined;
}

function operand(node: Node): string {
  if (!isBinaryExpression(node)) return node.getText();
  const binds = [SyntaxKind.PlusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken].includes(
    node.operatorToken.kind,
  );
  return binds ? node.getText() : `(${node.getText()})`;
}

/** Node has a promise of its own for this; elsewhere one is made from the timer. */
function timerFor(milliseconds: string, ctx: FixTools): { readonly text: string; readonly edits: readonly TextEdit[] } {
  if (!isForNode(ctx.file.text))
    return { text: `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}))`, edits: [] };
  const usesGlobal = /\bsetTimeout\b/.test(ctx.file.text);
  const imported = ctx.fix.importing('node:timers/promises', 'setTimeout', usesGlobal ? 'sleep' : undefined);
  return { text: `await ${imported.name}(${milliseconds})`, edits: imported.edits };
}

/** Whether a file speaks of Node: its modules, or `process`. */
export function isForNode(text: string): boolean {
  return (
    /['"]node:/.test(text) ||
    /(?:from|require\()\s*['"](?:assert|child_process|cluster|crypto|dgram|dns|events|fs|fs\/promises|http|https|net|os|path|readline|stream|tls|url|util|worker_threads|zlib)['"]/.test(
      text,
    ) ||
    /\bprocess\.\w/.test(text)
  );
}
