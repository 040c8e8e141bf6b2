import type { Fix } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  type Block,
  type CallExpression,
  type CatchClause,
  type FunctionNode,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isExpressionStatement,
  isFunctionExpression,
  isIdentifier,
  isReturnStatement,
  isSourceFile,
  type Node,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';
import type { ChainCall } from '../typescript/promise-syntax.ts';
import { type FileStyle, fileStyle, indentAt } from './fixing/file-style.ts';

type FixTools = Pick<RuleContext, 'file' | 'fix'>;

/** Ways to stop a `.catch` or a second argument of `.then` from dropping the error. */
export function handlerFixes(
  { call, receiver, method }: ChainCall,
  handler: Node,
  ctx: FixTools,
): readonly (Fix | undefined)[] {
  const owner = wrapped(call).parent;
  const isOwned = isAwaitExpression(owner) || isReturnStatement(owner);
  return [
    ctx.fix.choice('Log the error', ctx.fix.replace(handler, loggingHandler(unwrap(handler), ctx))),
    method === 'catch' && isOwned
      ? ctx.fix.choice('Let the error pass on', ctx.fix.remove({ start: receiver.end, end: call.end }))
      : undefined,
  ];
}

/** `console.error` instead of nothing; before a returned value, a function that logs first. */
function loggingHandler(handler: Node, { file }: FixTools): string {
  const value = isArrowFunction(handler) || isFunctionExpression(handler) ? returnedValue(handler) : undefined;
  if (value === undefined) return 'console.error';
  const style = fileStyle(file.sourceFile);
  const indent = indentAt(file.text, handler.getStart());
  const inner = `${style.lineBreak}${indent}${style.indent}`;
  const parameter = file.isJavaScript ? 'error' : 'error: unknown';
  return `(${parameter}) => {${inner}console.error(error)${style.semicolon}${inner}return ${value}${style.semicolon}${style.lineBreak}${indent}}`;
}

function returnedValue(fn: FunctionNode): string | undefined {
  const body = fn.body as Block | Node;
  if (!isBlock(body)) return unwrap(body).getText();
  const [only] = body.statements;
  return only && isReturnStatement(only) ? only.expression?.getText() : undefined;
}

/** Ways to stop a `catch` clause from dropping the error. */
export function clauseFixes({ block, variableDeclaration }: CatchClause, ctx: FixTools): readonly Fix[] {
  const variable = variableDeclaration?.name;
  if (variable && !isIdentifier(variable)) return [];
  const error = variable ? variable.text : 'error';
  const style = fileStyle(ctx.file.sourceFile);
  const binding = variable ? '' : '(error) ';
  const write = (code: string, keepsRest: boolean): ReturnType<FixTools['fix']['replace']> =>
    ctx.fix.replace(block, binding + blockText(block, code + style.semicolon, keepsRest, style, ctx));
  return [
    ctx.fix.choice('Log the error', write(`console.error(${error})`, true)),
    ctx.fix.choice('Rethrow the error', write(`throw ${error}`, false)),
  ];
}

function blockText(block: Block, code: string, keepsRest: boolean, style: FileStyle, { file }: FixTools): string {
  const indent = indentAt(file.text, block.end - 1);
  const inner = `${style.lineBreak}${indent}${style.indent}`;
  const rest = keepsRest ? block.statements.map((statement) => inner + statement.getText()).join('') : '';
  return `{${inner}${code}${rest}${style.lineBreak}${indent}}`;
}

/** Logs the reason in a handler of all rejections. */
export function listenerFixes(fn: FunctionNode, takesEvent: boolean, ctx: FixTools): readonly Fix[] {
  if (takesEvent && fn.parameters.length === 0)
    return [ctx.fix.choice('Log the reason', ctx.fix.replace(fn, '(event) => console.error(event.reason)'))];
  if (!takesEvent) return [ctx.fix.choice('Log the reason', ctx.fix.replace(fn, '(reason) => console.error(reason)'))];
  const [event] = fn.parameters;
  const { body } = fn;
  if (!event || !isIdentifier(event.name) || !body) return [];
  const style = fileStyle(ctx.file.sourceFile);
  const log = `console.error(${event.name.text}.reason)${style.semicolon}`;
  if (!isBlock(body))
    return [ctx.fix.choice('Log the reason', ctx.fix.replace(body, `{ ${log} ${body.getText()}${style.semicolon} }`))];
  const first = body.statements[0];
  const gap = first && `${style.lineBreak}${indentAt(ctx.file.text, first.getStart())}`;
  const edit = first ? ctx.fix.before(first, log + gap) : ctx.fix.replace(body, `{ ${log} }`);
  return [ctx.fix.choice('Log the reason', edit)];
}

/** Ways to hear of the rejections among settled promises: a look at the results, or `Promise.all`. */
export function settledFixes(call: CallExpression, name: Node, ctx: FixTools): readonly (Fix | undefined)[] {
  return [logRejections(call, ctx), ctx.fix.choice('Use `Promise.all`, which rejects', ctx.fix.replace(name, 'all'))];
}

function logRejections(call: CallExpression, { file, fix }: FixTools): Fix | undefined {
  const awaited = wrapped(call).parent;
  const statement = wrapped(awaited).parent;
  if (!isExpressionStatement(statement) || !(isBlock(statement.parent) || isSourceFile(statement.parent)))
    return undefined;
  const results = ['results', 'settled', 'outcomes'].find((free) => !new RegExp(`\\b${free}\\b`).test(file.text));
  if (results === undefined) return undefined;
  const { quote, semicolon, indent: step, lineBreak } = fileStyle(file.sourceFile);
  const indent = lineBreak + indentAt(file.text, statement.getStart());
  const loop = `${indent}for (const result of ${results}) {${indent}${step}if (result.status === ${quote}rejected${quote}) console.error(result.reason)${semicolon}${indent}}`;
  return fix.choice('Log the rejections', fix.before(statement, `const ${results} = `), fix.after(statement, loop));
}
