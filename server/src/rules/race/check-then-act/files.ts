import { blocksOnPurpose } from '../../../facts/blocking/blocking-places.ts';
import { numbered } from '../../../facts/shared/interleaving.ts';
import { calleeName, type FunctionNode, isAsyncFunction } from '../../../typescript/ast.ts';
import type { Context } from './context.ts';

/** Reports files that are looked for in one wait and used in a later one. */
export function reportFiles(fn: FunctionNode, ctx: Context): void {
  if (!isAsyncFunction(fn) || blocksOnPurpose(ctx.file.sourceFile)) return;
  const file = ctx.file.path;
  for (const { probe, use, path } of ctx.facts.shared.probedFiles(fn)) {
    const short = path.length > longestPath ? `${path.slice(0, longestPath - 1)}…` : path;
    ctx.report('file', calleeName(probe), {
      severity: 'information',
      data: { path: short.replaceAll('`', "'") },
      related: numbered([
        { at: probe, text: 'waits here, and others may make or remove it', file },
        { at: calleeName(use), text: 'uses it', file },
      ]),
    });
  }
}

const longestPath = 30;
