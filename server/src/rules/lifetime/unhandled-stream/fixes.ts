import { fileStyle, indentAt } from '../../../engine/fixing/file-style.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableStatement,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import type { Context } from '../unhandled-stream.ts';

/** `a.pipe(b).pipe(c);` becomes `await pipeline(a, b, c);`. */
export function pipelineFix(pipe: CallExpression, ctx: Context): Fix | undefined {
  let whole: Node = pipe;
  for (;;) {
    const access = wrapped(whole).parent;
    if (!isPropertyAccessExpression(access) || access.name.text !== 'pipe' || !isCallExpression(access.parent)) break;
    whole = access.parent;
  }
  const statement = wrapped(whole).parent;
  if (!isExpressionStatement(statement) || !awaitIsAllowed(statement, ctx.file.allowsTopLevelAwait)) return undefined;
  const streams: string[] = [];
  let at: Node = whole;
  while (isCallExpression(at)) {
    const callee = unwrap(at.expression);
    if (!isPropertyAccessExpression(callee) || callee.name.text !== 'pipe') break;
    const [destination, ...others] = at.arguments;
    if (!destination || others.length > 0) return undefined;
    streams.unshift(destination.getText());
    at = unwrap(callee.expression);
  }
  const imported = ctx.fix.importing('node:stream/promises', 'pipeline');
  const text = `await ${imported.name}(${[at.getText(), ...streams].join(', ')})`;
  return ctx.fix.choice('Wait for all of it with `pipeline`', ctx.fix.replace(whole, text), imported.edits);
}

/** Logs the errors of a stream in a variable. */
export function handledFix(making: CallExpression | NewExpression, ctx: Context): Fix | undefined {
  const declaration = wrapped(making).parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return undefined;
  const statement = declaration.parent.parent;
  if (!isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return undefined;
  const { semicolon, lineBreak, indent, quote } = fileStyle(ctx.file.sourceFile);
  const outer = indentAt(ctx.file.text, statement.getStart());
  const parameter = ctx.file.isJavaScript ? 'error' : 'error: unknown';
  const lines = [
    '',
    `${declaration.name.text}.on(${quote}error${quote}, (${parameter}) => {`,
    `${indent}console.error(error)${semicolon}`,
    `})${semicolon}`,
  ];
  return ctx.fix.choice('Log its errors', ctx.fix.after(statement, lines.join(`${lineBreak}${outer}`)));
}
