import type { Fix } from '../../../model/finding.ts';
import { calleeName, isBlock, isVariableDeclarationList, NodeFlags } from '../../../typescript/ast.ts';
import { namesIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import type { Batch } from './results.ts';

/** `allSettled`, and a look at each result at the beginning of the loop. */
export function settleFix({ combined, loop }: Batch, ctx: RuleContext): Fix | undefined {
  if (!loop || !isBlock(loop.statement) || !isVariableDeclarationList(loop.initializer)) return undefined;
  const [declaration] = loop.initializer.declarations;
  if (!declaration || declaration.type || (loop.initializer.flags & NodeFlags.BlockScoped) === 0) return undefined;
  const outcome = ['outcome', 'settled', 'answer'].find((name) => namesIn(ctx.file.sourceFile, name).length === 0);
  if (outcome === undefined) return undefined;
  const { text } = ctx.file;
  const semicolon = /;\s*$/m.test(text) ? ';' : '';
  const start = loop.getStart();
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  const unit = indent.includes('\t') || /\n\t/.test(text) ? '\t' : '  ';
  const inner = `\n${indent}${unit}`;
  const keyword = (loop.initializer.flags & NodeFlags.Const) !== 0 ? 'const' : 'let';
  const look = [
    `${inner}if (${outcome}.status === 'rejected') {`,
    `${inner}${unit}console.error(${outcome}.reason)${semicolon}`,
    `${inner}${unit}continue${semicolon}`,
    `${inner}}`,
    `${inner}${keyword} ${declaration.name.getText()} = ${outcome}.value${semicolon}`,
  ].join('');
  return ctx.fix.choice(
    'Keep the results of the others with `Promise.allSettled`',
    ctx.fix.replace(calleeName(combined), 'allSettled'),
    ctx.fix.replace(loop.initializer, `const ${outcome}`),
    ctx.fix.insert(loop.statement.getStart() + 1, look),
  );
}
