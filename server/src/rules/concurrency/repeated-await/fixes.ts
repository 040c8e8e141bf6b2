import type { RepeatedWait } from '../../../facts/overlap/repeated-wait.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  isAwaitExpression,
  isIdentifier,
  isVariableStatement,
  isWithin,
  NodeFlags,
  unwrap,
} from '../../../typescript/ast.ts';
import { namesIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** Moves `const config = await getConfig();` in front of the loop, where its name is not used for anything else. */
export function hoistFix({ loop, statement }: RepeatedWait, ctx: RuleContext): Fix | undefined {
  if (!isVariableStatement(statement) || (statement.declarationList.flags & NodeFlags.Const) === 0) return undefined;
  const [declaration, another] = statement.declarationList.declarations;
  if (!declaration || another || !isIdentifier(declaration.name)) return undefined;
  const value = declaration.initializer && unwrap(declaration.initializer);
  if (!value || !isAwaitExpression(value)) return undefined;
  const { text } = declaration.name;
  if (namesIn(ctx.file.sourceFile, text).some((use) => !isWithin(use, loop))) return undefined;
  const source = ctx.file.text;
  const start = statement.getStart();
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = source.indexOf('\n', statement.end);
  const isAlone = source.slice(lineStart, start).trim() === '' && source.slice(statement.end, lineEnd).trim() === '';
  // A comment above it would stay behind in the loop.
  if (!isAlone || /\/[/*]/.test(source.slice(statement.pos, start))) return undefined;
  const loopStart = loop.getStart();
  const indent = source.slice(source.lastIndexOf('\n', loopStart - 1) + 1, loopStart);
  if (indent.trim() !== '') return undefined;
  return ctx.fix.choice(
    `Wait for \`${text}\` once above the loop`,
    ctx.fix.insert(loopStart, `${source.slice(start, statement.end)}\n${indent}`),
    ctx.fix.remove({ start: lineStart, end: lineEnd + 1 }),
  );
}
