import type { Fix } from '../../../model/finding.ts';
import { awaitIsAllowed } from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { RetryLoop } from './loop.ts';

/** Waits at the end of the `catch`: longer each time where the attempts are counted, else for a second. */
export function waitFix({ catchClause, counter, loop }: RetryLoop, ctx: RuleContext): Fix | undefined {
  const { block } = catchClause;
  if (!awaitIsAllowed(loop, ctx.file.allowsTopLevelAwait)) return undefined;
  const { text } = ctx.file;
  const imported = ctx.fix.importing('node:timers/promises', 'setTimeout', 'sleep');
  const semicolon = /;\s*$/m.test(text) ? ';' : '';
  const time = counter === undefined ? '1_000' : `100 * 2 ** ${counter}`;
  const start = loop.getStart();
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', catchClause.getStart() - 1) + 1))?.[0] ?? '';
  const unit = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0].includes('\t') ? '\t' : '  ';
  const wait = `await ${imported.name}(${time})${semicolon}`;
  const isOneLine = !text.slice(block.getStart(), block.end).includes('\n');
  const title =
    counter === undefined ? 'Wait a second before the next attempt' : 'Wait before the next attempt, longer each time';
  if (isOneLine) return ctx.fix.choice(title, imported.edits, ctx.fix.insert(block.end - 1, ` ${wait} `));
  const before = text.slice(0, block.end - 1).replace(/[ \t]*$/, '').length;
  return ctx.fix.choice(title, imported.edits, ctx.fix.insert(before, `${outer}${unit}${wait}\n`));
}
