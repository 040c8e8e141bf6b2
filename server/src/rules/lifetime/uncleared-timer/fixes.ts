import { fileStyle, indentAt } from '../../../engine/fixing/file-style.ts';
import { freeName } from '../../../engine/fixing/names.ts';
import { listAround } from '../../../engine/fixing/try-finally.ts';
import type { Holder } from '../../../facts/lifetime/held-values.ts';
import type { PromiseTimer } from '../../../facts/lifetime/promise-timers.ts';
import { effectAround } from '../../../facts/lifetime/react-effects.ts';
import type { TimerCall } from '../../../facts/lifetime/timers.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  type Block,
  type FunctionNode,
  isArrowFunction,
  isBlock,
  isExpressionStatement,
  isReturnStatement,
  isVariableStatement,
  type Node,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** Keeps the handle in a variable in front of the statement, and clears it when the race is over. */
export function raceFix(
  { call }: TimerCall,
  { race, executor, promise }: PromiseTimer,
  ctx: RuleContext,
): Fix | undefined {
  if (!race) return undefined;
  const kept = handleIn(call, executor, ctx);
  const statement = kept && statementAround(promise);
  if (!kept || !statement || !listAround(statement)) return undefined;
  // The variable has to be known where the race is.
  if (!isAfterOrIn(race, statement)) return undefined;
  const { semicolon, lineBreak } = fileStyle(ctx.file.sourceFile);
  const indent = indentAt(ctx.file.text, statement.getStart());
  const type = ctx.file.isJavaScript ? '' : ': ReturnType<typeof setTimeout> | undefined';
  return ctx.fix.choice(
    'Clear the timer when the race is over',
    ctx.fix.before(statement, `let ${kept.name}${type}${semicolon}${lineBreak}${indent}`),
    kept.edits,
    ctx.fix.after(race, `.finally(() => clearTimeout(${kept.name}))`),
  );
}

/** Puts what `setTimeout` returns into a variable that is declared outside of the executor. */
function handleIn(
  call: Node,
  executor: FunctionNode,
  ctx: RuleContext,
): { readonly name: string; readonly edits: readonly TextEdit[] } | undefined {
  const name = freeName(ctx.file.sourceFile, 'timer');
  const at = wrapped(call);
  if (isExpressionStatement(at.parent)) return { name, edits: [ctx.fix.before(call, `${name} = `)] };
  if (!isArrowFunction(executor) || executor.body !== at) return undefined;
  const { semicolon } = fileStyle(ctx.file.sourceFile);
  if (at !== call) return undefined;
  return { name, edits: [ctx.fix.before(at, `{ ${name} = `), ctx.fix.after(at, `${semicolon} }`)] };
}

/** The statement of the innermost block that a node stands in. */
function statementAround(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (listAround(at)) return at;
    // What is no block of statements has no room for a declaration.
    if (isArrowFunction(at) && !isBlock(at.body)) return undefined;
  }
  return undefined;
}

function isAfterOrIn(race: Node, statement: Node): boolean {
  const list = statement.parent;
  for (let at: Node | undefined = race; at; at = at.parent) if (at.parent === list) return at.pos >= statement.pos;
  return false;
}

/** The same for a timer of a race, whose clearing line a rejection passes by. */
export function afterRaceInFinally({ promise, clears }: PromiseTimer, ctx: RuleContext): Fix | undefined {
  const [clear, ...others] = clears;
  const start = statementAround(promise);
  const end = clear && statementAround(clear.name);
  if (!start || !end || others.length > 0 || !isExpressionStatement(end)) return undefined;
  const edits = ctx.fix.moveToFinally(start, end);
  return edits && ctx.fix.choice('Clear the timer in `finally`', edits);
}

/** Moves the line that clears the timer into a `finally` around what stands before it. */
export function clearInFinally(
  holder: Extract<Holder, { readonly kind: 'variable' }>,
  ctx: RuleContext,
): Fix | undefined {
  const { written, uses } = holder;
  const clears = uses.filter(({ kind }) => kind === 'argument');
  const [clear] = clears;
  const start = statementAround(written);
  const list = start && listAround(start);
  const end = clear && statementAround(clear.name);
  if (!start || !list || !clear || !end || clears.length !== 1 || !list.includes(end as never)) return undefined;
  if (!isVariableStatement(start) && !isExpressionStatement(start)) return undefined;
  if (!isExpressionStatement(end) || !('call' in clear) || wrapped(clear.call).parent !== end) return undefined;
  const edits = ctx.fix.moveToFinally(start, end);
  return edits && ctx.fix.choice('Clear the timer in `finally`', edits);
}

/** `setInterval(…).unref()`, where the value has such a method. */
export async function unreferenced({ call }: TimerCall, ctx: RuleContext): Promise<Fix | undefined> {
  const type = await ctx.types.typeOf(call);
  if (!(await type.property('unref'))) return undefined;
  return ctx.fix.choice('Let the process end while it runs', ctx.fix.after(call, '.unref()'));
}

/** Keeps the handle, and returns a function that clears it, where the effect returns nothing yet. */
export async function keptByEffect({ call, kind }: TimerCall, ctx: RuleContext): Promise<Fix | undefined> {
  const effect = await effectAround(call, ctx);
  const body = effect?.body as Block | undefined;
  if (!body || !isBlock(body) || returnsAnything(body)) return undefined;
  const statement = wrapped(call).parent;
  if (!isExpressionStatement(statement) || statement.parent !== body) return undefined;
  const last = body.statements.at(-1);
  if (!last) return undefined;
  const name = freeName(ctx.file.sourceFile, kind === 'setInterval' ? 'interval' : 'timer');
  const clear = kind === 'setInterval' ? 'clearInterval' : 'clearTimeout';
  const { semicolon, lineBreak } = fileStyle(ctx.file.sourceFile);
  const indent = indentAt(ctx.file.text, statement.getStart());
  return ctx.fix.choice(
    'Clear the timer when the effect ends',
    ctx.fix.before(statement, `const ${name} = `),
    ctx.fix.after(last, `${lineBreak}${indent}return () => ${clear}(${name})${semicolon}`),
  );
}

function returnsAnything(body: Node): boolean {
  let found = false;
  walkBody(body, (node) => {
    found ||= isReturnStatement(node);
    return !found;
  });
  return found;
}
