import type { Loop } from '../facts/blocking/busy-wait.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  type AwaitExpression,
  type CallExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isPropertyAccessExpression,
  type Node,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';
import { isForNode } from './sleep-fixes.ts';

type FixTools = Pick<RuleContext, 'file' | 'fix'>;

/** Lets the event loop go on once a round: instead of a pause that is none, or besides work that never pauses. */
export function yieldingFix(loop: Loop, pause: AwaitExpression, ctx: FixTools): readonly (Fix | undefined)[] {
  const isIdle = isExpressionStatement(wrapped(pause).parent) && !doesWork(pause.expression);
  if (isIdle) return longerPauseFix(pause, ctx);
  return ways(ctx).map(({ title, text, edits }) => {
    const { statement } = loop;
    const last = isBlock(statement) ? statement.statements.at(-1) : undefined;
    if (!last) return undefined;
    const semicolon = /;\s*$/m.test(ctx.file.text) ? ';' : '';
    const eol = ctx.file.text.includes('\r\n') ? '\r\n' : '\n';
    const indent = indentOf(ctx.file.text, last.getStart());
    return ctx.fix.choice(title, ctx.fix.after(last, `${eol}${indent}await ${text}${semicolon}`), edits);
  });
}

/** Makes of a pause for promises one that lets the event loop go on. */
export function longerPauseFix(pause: AwaitExpression, ctx: FixTools): readonly (Fix | undefined)[] {
  return ways(ctx).map(({ title, text, edits }) =>
    ctx.fix.choice(title, ctx.fix.replace(pause, `await ${text}`), edits),
  );
}

/** Puts a function off until the event loop has gone round: `setImmediate`, and a timer where there is none. */
export function yieldingLaterFix(call: CallExpression, callback: Node, ctx: FixTools): readonly (Fix | undefined)[] {
  if (!isExpressionStatement(wrapped(call).parent)) return [];
  const name = isForNode(ctx.file.text) ? 'setImmediate' : 'setTimeout';
  return [ctx.fix.choice(`Use \`${name}\` instead`, ctx.fix.replace(call, `${name}(${callback.getText()})`))];
}

interface Way {
  readonly title: string;
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

function ways(ctx: FixTools): readonly Way[] {
  if (!isForNode(ctx.file.text)) return [{ title: 'Await `scheduler.yield()`', text: 'scheduler.yield()', edits: [] }];
  const usesGlobal = /\bsetImmediate\b/.test(ctx.file.text);
  const immediate = ctx.fix.importing('node:timers/promises', 'setImmediate', usesGlobal ? 'nextRound' : undefined);
  const scheduler = ctx.fix.importing('node:timers/promises', 'scheduler');
  return [
    { title: 'Await `setImmediate`', text: `${immediate.name}()`, edits: immediate.edits },
    { title: 'Await `scheduler.yield()`', text: `${scheduler.name}.yield()`, edits: scheduler.edits },
  ];
}

/** Whether what is awaited is there for its own sake. `Promise.resolve()` and values are only there to be awaited. */
function doesWork(awaited: Node): boolean {
  const at = unwrap(awaited);
  if (!isCallExpression(at)) return false;
  const callee = unwrap(at.expression);
  return !(isPropertyAccessExpression(callee) && callee.getText() === 'Promise.resolve');
}

function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}
