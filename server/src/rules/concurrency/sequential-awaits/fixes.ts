import type { Fix, TextEdit } from '../../../model/finding.ts';
import { isVariableStatement, type Node, NodeFlags } from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { Run, Wait } from './waits.ts';

/** `const a = await f(); const b = await g();` → `const [a, b] = await Promise.all([f(), g()]);` in the place of the first. */
export function togetherFix(group: readonly Wait[], run: Run, ctx: RuleContext): Fix | undefined {
  const [first, ...others] = group;
  const last = others.at(-1);
  if (!first || !last || group.some(({ isChanged }) => isChanged)) return undefined;
  const { text } = ctx.file;
  const keyword = sharedKeyword(group);
  // A comment between the calls speaks of one of them, and would be lost.
  if (keyword === undefined || group.some(({ statement }) => hasComment(statement, text))) return undefined;
  if (others.some(({ statement }) => /\/[/*]/.test(text.slice(statement.pos, statement.getStart())))) return undefined;
  const types = group.map(typeOf);
  const annotated = types.filter((type) => type !== undefined);
  if (annotated.length > 0 && annotated.length < types.length) return undefined;
  const bound = group.map(({ statement, targets }) => targets[0]?.getText() ?? nameText(statement));
  const isNothing = bound.every((name) => name === '');
  const annotation = annotated.length > 0 ? `: [${annotated.join(', ')}]` : '';
  const calls = group.map(({ operand }) => operand.getText());
  const semicolon = text[first.statement.end - 1] === ';' ? ';' : '';
  const start = keyword === '' ? guard(first.statement, text) : `${keyword} `;
  const joined = `${isNothing ? '' : `${start}[${bound.join(', ')}]${annotation} = `}await Promise.all([${list(calls, first.statement, text)}])${semicolon}`;
  const removed = others.map(({ statement }) => removal(statement, text, ctx));
  const title = `Await ${group.length === 2 ? 'both' : 'all'} together with \`Promise.all\``;
  return run.between.some((statement) => hasComment(statement, text)) && removed.length === 0
    ? undefined
    : ctx.fix.choice(title, ctx.fix.replace(first.statement, joined), removed);
}

/** `const` or `let` where all declare with the same, `''` where all assign; otherwise undefined. */
function sharedKeyword(group: readonly Wait[]): string | undefined {
  const keywords = new Set(
    group.map(({ statement }) => {
      if (!isVariableStatement(statement)) return '';
      const { flags } = statement.declarationList;
      return (flags & NodeFlags.Const) !== 0 ? 'const' : (flags & NodeFlags.Let) !== 0 ? 'let' : 'var';
    }),
  );
  const [keyword] = keywords;
  return keywords.size === 1 ? keyword : undefined;
}

function typeOf({ statement }: Wait): string | undefined {
  return isVariableStatement(statement) ? statement.declarationList.declarations[0]?.type?.getText() : undefined;
}

function nameText(statement: Node): string {
  return isVariableStatement(statement) ? (statement.declarationList.declarations[0]?.name.getText() ?? '') : '';
}

/** The calls on one line where they fit, else one a line. */
function list(calls: readonly string[], statement: Node, text: string): string {
  const line = calls.join(', ');
  if (line.length <= 80 && !line.includes('\n')) return line;
  const start = statement.getStart();
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  const unit = indent.includes('\t') || /\n\t/.test(text) ? '\t' : '  ';
  return `\n${calls.map((call) => `${indent}${unit}${call},\n`).join('')}${indent}`;
}

/** A statement that begins with a bracket would go on with the line before it where semicolons are left out. */
function guard(statement: Node, text: string): string {
  return text[statement.end - 1] === ';' ? '' : ';';
}

function hasComment(statement: Node, text: string): boolean {
  return /\/\/|\/\*/.test(text.slice(statement.getStart(), statement.end).replaceAll(/(['"`])(?:\\.|(?!\1).)*\1/g, ''));
}

/** The statement with its line. */
function removal(statement: Node, text: string, ctx: RuleContext): TextEdit {
  const start = statement.getStart();
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end);
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(statement.end, lineEnd).trim() === '';
  return ctx.fix.remove(isAlone ? { start: lineStart, end: lineEnd + 1 } : { start, end: statement.end });
}
