import type { TextEdit } from '../../../model/finding.ts';
import {
  type FunctionNode,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isObjectLiteralExpression,
  isTemplateExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** Edits that put a function's whole body into `try`; undefined where it has no body to put there. */
export function wrapInTry(fn: FunctionNode, handling: string, ctx: RuleContext): readonly TextEdit[] | undefined {
  const { fix, file } = ctx;
  const body = fn.body as Node | undefined;
  if (!body) return undefined;
  if (!isBlock(body)) {
    if (!isArrowFunction(fn) || isObjectLiteralExpression(unwrap(body))) return undefined;
    const awaiting = isAwaitExpression(body) ? [] : fix.awaiting(body);
    return [
      fix.insert(body.getStart(), '{ try { '),
      ...awaiting,
      fix.insert(body.end, `; } catch (error) { ${handling} } }`),
    ];
  }
  const [first] = body.statements;
  if (!first) return undefined;
  const open = body.getStart() + 1;
  const close = body.end - 1;
  const outer = indentAt(file.text, close);
  const inner = indentAt(file.text, first.getStart());
  const isOneLine = !file.text.slice(open, close).includes('\n');
  if (isOneLine) return [fix.insert(open, ' try {'), fix.insert(close, `} catch (error) { ${handling} } `)];
  const unit = inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
  const step = outer + unit;
  return [
    fix.insert(open, `\n${step}try {`),
    ...indented(body, open, close, unit, ctx),
    fix.insert(close, `${unit}} catch (error) {\n${step}${unit}${handling}\n${step}}\n${outer}`),
  ];
}

/** Moves the lines between two offsets to the right, except those that begin inside a template. */
export function indented(body: Node, from: number, to: number, unit: string, ctx: RuleContext): readonly TextEdit[] {
  const { text } = ctx.file;
  const templates: Node[] = [];
  const look = (node: Node): void => {
    if (
      isTemplateExpression(node) ||
      node.kind === SyntaxKind.NoSubstitutionTemplateLiteral ||
      node.kind === SyntaxKind.JsxText
    )
      templates.push(node);
    node.forEachChild(look);
  };
  look(body);
  const edits: TextEdit[] = [];
  for (let at = text.indexOf('\n', from) + 1; at > 0 && at < to; at = text.indexOf('\n', at) + 1) {
    const isLast = text.slice(at, to).trim() === '';
    const isEmpty =
      /^\s*(?:\n|$)/.test(text.slice(at, at + 200)) && text.slice(at, text.indexOf('\n', at)).trim() === '';
    if (isLast || isEmpty || templates.some((node) => node.getStart() < at && at < node.end)) continue;
    edits.push(ctx.fix.insert(at, unit));
  }
  return edits;
}

/** The white space before the first character of the line that an offset is on. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}
