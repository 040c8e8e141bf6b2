import { settlingPaths, usesOf } from '../../../flow/settlement.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import { type Executor, functionsUsing } from './executor.ts';
import { leftOpen } from './one-shot.ts';
import { onlyOnSuccess } from './only-on-success.ts';

/** Callbacks inside the executor that settle the promise, run later, and can fail without rejecting it. */
export async function reportCallbacks(report: Executor, ctx: RuleContext): Promise<void> {
  const { executor, names, reject = 'reject' } = report;
  if (names.size === 0) return;
  const using = functionsUsing(names, executor);
  for (const fn of eventHandlers(executor)) {
    if (!using.includes(fn) || !callTaking(fn)) reportThrows(escapingThrows(fn), report, ctx);
  }
  for (const fn of using) {
    const call = callTaking(fn);
    if (!call || runsAtOnce(call)) continue;
    if (await isResultWanted(fn, ctx)) continue;
    const { unsettledThrows } = settlingPaths(fn, names);
    const throws = escapingThrows(fn).filter((statement) => unsettledThrows.includes(statement));
    reportThrows(throws, report, ctx);
    if (isAsyncFunction(fn)) {
      // Where the callee is known to ignore what its callback returns, `async-callback-ignored` speaks.
      const isKnown = (await ctx.types.expectedType(fn))?.isUnknown === false;
      if (!isKnown && throws.length === 0 && awaitsUnguarded(fn, names) && (await isResultDropped(call, ctx))) {
        ctx.report('asyncCallback', fn.modifiers?.find((modifier) => modifier.kind === SyntaxKind.AsyncKeyword) ?? fn, {
          data: { reject },
        });
      }
      continue;
    }
    const open = leftOpen(fn, call, report);
    if (open && !onError(fn, open)) ctx.report('unsettledPath', open);
    else reportErrorBranch(fn, call, report, ctx);
  }
}

function reportThrows(throws: readonly Node[], report: Executor, ctx: RuleContext): void {
  const { reject = 'reject' } = report;
  for (const statement of throws) {
    ctx.report(
      'lostThrow',
      { start: statement.getStart(), end: statement.getStart() + 'throw'.length },
      { data: { reject }, fixes: () => [rejectInstead(statement, report, ctx)] },
    );
  }
}

/** The functions in an executor that are certain to run later, whether they settle the promise or not: timers, listeners, `image.onerror`. */
function eventHandlers(executor: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const look = (node: Node): void => {
    if (isFunctionNode(node) && node !== executor) {
      if (!isAsyncFunction(node) && isEventHandler(node)) found.push(node);
      return;
    }
    node.forEachChild(look);
  };
  look(executor);
  return found;
}

function isEventHandler(fn: Node): boolean {
  const call = callTaking(fn);
  if (call) return laterMethods.has(lastName(call.expression) ?? '');
  const { parent } = wrapped(fn);
  return (
    isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    isPropertyAccessExpression(parent.left) &&
    /^on[a-z]+$/.test(parent.left.name.text)
  );
}

const laterMethods = new Set([
  'addEventListener',
  'addListener',
  'nextTick',
  'on',
  'once',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

/** The call that takes a function as an argument. */
function callTaking(fn: Node): CallExpression | undefined {
  let at = fn;
  while (at.parent && unwrap(at.parent) === fn) at = at.parent;
  const { parent } = at;
  return isCallExpression(parent) && parent.arguments.some((argument) => argument === at) ? parent : undefined;
}

/** Methods whose callback runs before they return, so that a throw still belongs to the executor; and promise chains, which carry it on. */
function runsAtOnce(call: CallExpression): boolean {
  return chainCall(call) !== undefined || synchronousMethods.has(lastName(call.expression) ?? '');
}

const synchronousMethods = new Set([
  'forEach',
  'map',
  'flatMap',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'some',
  'every',
  'reduce',
  'reduceRight',
  'sort',
  'toSorted',
  'from',
  'replace',
  'replaceAll',
  'each',
  'times',
  'bind',
]);

/** The `throw`s in a function's own code that none of its own `catch` clauses sees. */
function escapingThrows(fn: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  if (fn.body) {
    walkBody(fn.body, (node) => {
      if (node.kind === SyntaxKind.ThrowStatement && !isCaught(node, fn)) found.push(node);
      return !isFunctionNode(node);
    });
  }
  return found;
}

/** Whether an `await` that no `catch` covers stands before a use of the names. */
function awaitsUnguarded(fn: FunctionNode, names: ReadonlySet<string>): boolean {
  const last = usesOf(names, fn).at(-1);
  let found = false;
  if (fn.body && last) {
    walkBody(fn.body, (node) => {
      if (node.kind === SyntaxKind.AwaitExpression && node.getStart() < last.end && !isCaught(node, fn)) found = true;
      return !found && !isFunctionNode(node);
    });
  }
  return found;
}

/** Whether the callee takes a callback that returns something: then it looks at promises, and perhaps at errors, itself. */
async function isResultWanted(fn: FunctionNode, ctx: RuleContext): Promise<boolean> {
  const expected = await ctx.types.expectedType(fn);
  if (!expected || expected.isUnknown) return false;
  const members = await expected.unionMembers();
  const returned = (await Promise.all(members.map((member) => member.returnTypes()))).flat();
  return returned.some((type) => !type.isNullish && !type.isUnknown);
}

function isCaught(node: Node, fn: FunctionNode): boolean {
  for (let at = node; at !== fn; at = at.parent)
    if (isTryStatement(at.parent) && at.parent.catchClause && at === at.parent.tryBlock) return true;
  return false;
}

/** Whether nobody looks at what a call gives back. A promise that is dropped is another problem, with its own report. */
async function isResultDropped(call: CallExpression, ctx: RuleContext): Promise<boolean> {
  const { parent } = call;
  const isDropped = isExpressionStatement(parent) || (isArrowFunction(parent) && parent.body === call);
  if (!isDropped) return false;
  const { extent } = await ctx.types.thenability(call);
  return extent === 'none' || extent === 'unknown';
}

/** `(err, data) => { if (err) { log(err); return; } resolve(data); }`: nothing but logging happens to the error. */
function reportErrorBranch(fn: FunctionNode, call: CallExpression, report: Executor, ctx: RuleContext): void {
  const { names } = report;
  const first = fn.parameters[0]?.name;
  if (
    !first ||
    !isIdentifier(first) ||
    !/^(?:e|err|error)$/i.test(first.text) ||
    repeats(call) ||
    !fn.body ||
    !isBlock(fn.body)
  )
    return;
  const onSuccess = onlyOnSuccess(fn, first.text, names);
  if (onSuccess) return ctx.report('unsettledError', onSuccess, { data: { error: first.text } });
  for (const statement of fn.body.statements) {
    if (!isIfStatement(statement)) continue;
    const condition = unwrap(statement.expression);
    if (!isIdentifier(condition) || condition.text !== first.text) continue;
    const branch = isBlock(statement.thenStatement) ? statement.thenStatement.statements : [statement.thenStatement];
    const leaves = branch.at(-1)?.kind === SyntaxKind.ReturnStatement || statement.elseStatement !== undefined;
    const isHarmless = branch.every(
      (each) =>
        (isReturnStatement(each) && !each.expression) || (isExpressionStatement(each) && isLogging(each.expression)),
    );
    if (leaves && isHarmless) {
      ctx.report('unsettledError', statement.expression, {
        data: { error: first.text },
        fixes: () => [rejectError(branch, first.text, report, ctx)],
      });
    }
    return;
  }
}

/** A condition on the error has words of its own. */
function onError(fn: FunctionNode, condition: Node): boolean {
  const first = fn.parameters[0]?.name.getText();
  return (
    first !== undefined && /^(?:e|err|error)$/i.test(first) && new RegExp(`\\b${first}\\b`).test(condition.getText())
  );
}

/** Subscriptions call back many times, so one call need not settle. */
function repeats(call: CallExpression): boolean {
  return /^(?:on|addListener|addEventListener|subscribe|watch|observe|setInterval)/.test(
    lastName(call.expression) ?? '',
  );
}

function isLogging(expression: Node): boolean {
  const call = unwrap(expression);
  return isCallExpression(call) && /^(?:log|error|warn|info|debug|trace|print)$/i.test(lastName(call.expression) ?? '');
}

/** `throw x;` → `return reject(x);`. An executor that takes no second function gets one. */
function rejectInstead(statement: Node, report: Executor, ctx: RuleContext): Fix | undefined {
  const { expression } = statement as Node & { readonly expression?: Node };
  const { name, edits } = rejecting(report, ctx) ?? {};
  if (!expression || name === undefined || !edits) return undefined;
  return ctx.fix.choice(
    `Pass it to \`${name}\``,
    ctx.fix.replace(statement, `return ${name}(${expression.getText()});`),
    edits,
  );
}

/** `return;` → `return reject(error);` at the end of a branch. */
function rejectError(branch: readonly Node[], error: string, report: Executor, ctx: RuleContext): Fix | undefined {
  const last = branch.at(-1);
  const { name, edits } = rejecting(report, ctx) ?? {};
  if (!last || !isReturnStatement(last) || name === undefined || !edits) return undefined;
  return ctx.fix.choice(`Reject with \`${error}\``, ctx.fix.replace(last, `return ${name}(${error});`), edits);
}

/** The name of the function that rejects, and what it takes to have one. */
function rejecting(
  { executor, resolve, reject }: Executor,
  ctx: RuleContext,
): { name: string; edits: readonly TextEdit[] } | undefined {
  if (reject !== undefined) return reject.startsWith('_') ? undefined : { name: reject, edits: [] };
  const [parameter] = executor.parameters;
  if (!parameter || resolve === undefined || executor.parameters.length > 1) return undefined;
  const isBare = ctx.file.text.charAt(parameter.getStart() - 1) !== '(';
  if (isBare) return { name: 'reject', edits: [ctx.fix.before(parameter, '('), ctx.fix.after(parameter, ', reject)')] };
  return { name: 'reject', edits: [ctx.fix.after(parameter, ', reject')] };
}
