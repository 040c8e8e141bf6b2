import type { ScopedSignal } from '../facts/cancellation/signal-scope.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  type Block,
  type CatchClause,
  type FunctionNode,
  isBlock,
  isIdentifier,
  type Node,
} from '../typescript/ast.ts';
import { fileStyle, indentAt } from './fixing/file-style.ts';

type FixTools = Pick<RuleContext, 'file' | 'fix'>;

/** Ways to let an abort pass at the top of a `catch`. */
export function abortCheckFixes(clause: CatchClause, signal: ScopedSignal, ctx: FixTools): readonly Fix[] {
  return checks(clause.block, clause.variableDeclaration?.name, signal, ctx);
}

/** The same at the top of a function that handles a rejection; none for one without a block. */
export function handlerCheckFixes(handler: FunctionNode, signal: ScopedSignal, ctx: FixTools): readonly Fix[] {
  const { body } = handler;
  return body && isBlock(body) ? checks(body, handler.parameters[0]?.name, signal, ctx) : [];
}

function checks(block: Block, error: Node | undefined, signal: ScopedSignal, ctx: FixTools): readonly Fix[] {
  const { text, type, isOptional } = signal;
  const { semicolon } = fileStyle(ctx.file.sourceFile);
  const first = (code: string): TextEdit => atTop(block, `${code}${semicolon}`, ctx);
  const present = text.replaceAll('?.', '.');
  const dot = isOptional ? '?.' : '.';
  if (type === 'CancellationToken') {
    if (!error || !isIdentifier(error)) return [];
    const check = `if (${text}${dot}isCancellationRequested) throw ${error.text}`;
    return [ctx.fix.choice('Rethrow where it was cancelled', first(check))];
  }
  return [
    ctx.fix.choice(
      `Throw the reason where \`${text}\` is aborted`,
      first(`if (${text}${dot}aborted) throw ${present}.reason`),
    ),
    ctx.fix.choice(`Call \`throwIfAborted\` first`, first(`${text}${dot}throwIfAborted()`)),
  ];
}

/** A statement at the top of a block, on a line of its own. */
export function atTop(block: Block, statement: string, { file, fix }: FixTools): TextEdit {
  const style = fileStyle(file.sourceFile);
  const outer = indentAt(file.text, lineIndentStart(file.text, block.getStart()));
  const line = `${style.lineBreak}${outer}${style.indent}${statement}`;
  const at = block.getStart() + 1;
  const rest = file.text.slice(at, block.end);
  const isOneLine = !rest.includes('\n');
  if (!isOneLine) return fix.insert(at, line);
  const inner = rest.slice(0, -1).trim();
  const kept = inner === '' ? '' : `${style.lineBreak}${outer}${style.indent}${inner}`;
  return fix.replace({ start: at, end: block.end }, `${line}${kept}${style.lineBreak}${outer}}`);
}

/** The first character of the line that is no white space. */
function lineIndentStart(text: string, offset: number): number {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return line + (/^[ \t]*/.exec(text.slice(line))?.[0].length ?? 0);
}
