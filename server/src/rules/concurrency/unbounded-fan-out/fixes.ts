import type { FanOut } from '../../../facts/overlap/fan-out.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  type CallExpression,
  isArrowFunction,
  isBlock,
  isObjectLiteralExpression,
  isSourceFile,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import { namesIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** How many may run at a time, where nobody has said a number. */
const atOnce = 10;

/** `xs.map((x) => load(x))` → `xs.map((x) => limit(() => load(x)))`, with a limit in front of the statement. */
export function limitFix({ work, call }: FanOut, ctx: RuleContext): Fix | undefined {
  const fn = unwrap(work);
  const statement = call && statementAround(call);
  if (!call || !statement || !isArrowFunction(fn) || fn.typeParameters || fn.type) return undefined;
  const limit = ['limit', 'limited', 'limitAtOnce'].find((name) => namesIn(ctx.file.sourceFile, name).length === 0);
  if (limit === undefined) return undefined;
  const { text } = ctx.file;
  const start = statement.getStart();
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (indent.trim() !== '') return undefined;
  const imported = ctx.fix.importing('p-limit', 'default', 'pLimit');
  const semicolon = /;\s*$/m.test(text) ? ';' : '';
  const arrow = fn.equalsGreaterThanToken;
  const isAsync = text.slice(fn.getStart(), fn.getStart() + 6) === 'async ';
  const head = isAsync ? [ctx.fix.remove({ start: fn.getStart(), end: fn.getStart() + 6 })] : [];
  return ctx.fix.choice(
    `Run at most ${atOnce} at a time (needs the package \`p-limit\`)`,
    imported.edits,
    ctx.fix.insert(start, `const ${limit} = ${imported.name}(${atOnce})${semicolon}\n${indent}`),
    head,
    ctx.fix.insert(arrow.end, ` ${limit}(${isAsync ? 'async ' : ''}() =>`),
    ctx.fix.insert(fn.end, ')'),
  );
}

/** `pMap(xs, f)` → `pMap(xs, f, { concurrency: 10 })`. */
export function optionFix(call: CallExpression, ctx: RuleContext): Fix | undefined {
  const [, work, options] = call.arguments;
  if (!work) return undefined;
  const title = `Run at most ${atOnce} at a time`;
  if (!options) return ctx.fix.choice(title, ctx.fix.after(work, `, { concurrency: ${atOnce} }`));
  const given = unwrap(options);
  if (!isObjectLiteralExpression(given)) return undefined;
  const isEmpty = given.properties.length === 0;
  return ctx.fix.choice(title, ctx.fix.insert(given.getStart() + 1, ` concurrency: ${atOnce}${isEmpty ? ' ' : ','}`));
}

/** The statement that a node is part of, where it stands in a list of statements and no function lies between. */
function statementAround(node: Node): Node | undefined {
  let at = node;
  while (at.parent && !isBlock(at.parent) && !isSourceFile(at.parent)) {
    if (isArrowFunction(at)) return undefined;
    at = at.parent;
  }
  return at.parent ? at : undefined;
}
