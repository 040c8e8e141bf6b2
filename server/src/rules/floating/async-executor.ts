import { isLittleAtStake } from '../../facts/promises/little-at-stake.ts';
import { isSettlingCall, settlingPaths, usesOf } from '../../flow/settlement.ts';
import type { Related } from '../../model/finding.ts';
import {
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isTryStatement,
  type NewExpression,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { chainCall, handlesRejection } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { reportCallbacks } from './async-executor/callbacks.ts';
import { type Executor, functionAround, functionsUsing, settlers } from './async-executor/executor.ts';
import { unwrapExecutor } from './async-executor/unwrap.ts';

export const asyncExecutor = defineRule({
  id: 'async-executor',
  family: 'floating',
  principle: 1,
  summary: 'The function given to `new Promise` loses an error, or does not settle the promise exactly once',
  preset: 'recommended',
  severity: 'error',
  since: '0.1.0',
  equivalents: [
    'no-async-promise-executor',
    'no-promise-executor-return',
    'promise/no-multiple-resolved',
    'unicorn/no-multiple-promise-resolver-calls',
    'eslint/no-async-promise-executor',
    'biome:noAsyncPromiseExecutor',
    'biome:noPromiseExecutorReturn',
  ],
  options: {},
  messages: {
    asyncExecutor: {
      text: 'An `async` executor: what it throws is lost, and the promise never settles',
      why: '`new Promise` ignores what its executor returns. When an `await` in it rejects, nobody handles that, and whoever awaits the promise waits for ever.',
      help: 'Move the awaits out of the executor, or use an async function instead of `new Promise`.',
    },
    guardedAsync: {
      text: 'An `async` executor: an error outside its `try` would be lost',
      why: '`new Promise` ignores what its executor returns. The `try` covers this one today; whatever is added around it is not covered.',
      help: 'Use an async function instead of `new Promise`.',
    },
    asyncCallback: {
      text: 'If an `await` in this callback rejects, the promise never settles',
      why: 'The rejection stays in the promise of the callback, which nobody looks at. It reaches neither `{reject}` nor whoever waits.',
      help: 'Wrap the body in `try`/`catch` and call `{reject}` in the `catch`.',
    },
    lostThrow: {
      text: 'This `throw` does not reject the promise: the executor has returned by then',
      why: 'Only what is thrown while the executor itself runs rejects the promise. A callback runs later; what it throws ends the process or is lost, and the promise never settles.',
      help: 'Call `{reject}` and return.',
    },
    neverSettled: {
      text: '`{name}` is never used, so this promise never settles',
      why: 'Whoever awaits the promise waits for ever.',
      help: 'Call `{name}` when the work is done.',
    },
    unsettledPath: {
      text: 'This path leaves the executor without settling the promise',
      why: 'When the path is taken, whoever awaits the promise waits for ever.',
      help: 'Resolve or reject on every path.',
    },
    unsettledError: {
      text: 'On `{error}` the promise is neither resolved nor rejected',
      why: 'When the operation fails, whoever awaits the promise waits for ever.',
      help: 'Reject with `{error}`.',
    },
    settledTwice: {
      text: '`{name}` comes after the promise may have been settled by `{first}`',
      why: 'Only the first call counts; this one is ignored, and the code around it goes on although the promise has settled.',
      help: 'Return after the first call.',
    },
    returned: {
      text: 'What an executor returns is ignored',
      why: '`new Promise` does not look at what its executor returns, so a promise returned there is awaited by nobody.',
      help: 'Pass the value to `resolve`.',
    },
  },
  on: {
    NewExpression(creation, ctx) {
      const callee = unwrap(creation.expression);
      const argument = creation.arguments?.[0];
      if (argument && isIdentifier(callee) && callee.text === 'Promise')
        return checkExecutor(creation, callee, argument, ctx);
    },
  },
});

async function checkExecutor(creation: NewExpression, callee: Node, argument: Node, ctx: RuleContext): Promise<void> {
  if (!(await isGlobalPromise(callee, ctx))) return;
  const executor = unwrap(argument);
  if (!isFunctionNode(executor)) return reportNamed(argument, ctx);
  const report = { creation, executor, ...settlers(executor) };
  if (isAsyncFunction(executor)) return reportAsync(report, ctx);
  reportUnsettled(report, ctx);
  reportDoubles(report, ctx);
  await Promise.all([reportReturns(executor, ctx), reportCallbacks(report, ctx), reportIdle(report, ctx)]);
}

async function isGlobalPromise(callee: Node, ctx: RuleContext): Promise<boolean> {
  const origins = await ctx.types.origins(callee);
  return origins.some(({ module, path }) => module === 'global' && path.length === 1 && path[0] === 'Promise');
}

/** `new Promise(run)` with an async function of the project. */
async function reportNamed(argument: Node, ctx: RuleContext): Promise<void> {
  const functions = await ctx.types.functionsOf(argument);
  if (functions.length > 0 && functions.every(isAsyncFunction)) ctx.report('asyncExecutor', argument);
  else if (functions.length === 0) ctx.silent(argument, 'the code of the executor is not in the project');
}

function reportAsync({ creation, executor, resolve, reject, names }: Executor, ctx: RuleContext): void {
  const keyword = executor.modifiers?.find((modifier) => modifier.kind === SyntaxKind.AsyncKeyword);
  const isGuarded = isWhollyGuarded(executor, names);
  ctx.report(isGuarded ? 'guardedAsync' : 'asyncExecutor', keyword ?? executor, {
    ...(isLittleAtStake(ctx.file) ? { severity: 'information' } : isGuarded && { severity: 'warning' }),
    fixes: () => {
      const edits = unwrapExecutor({ creation, executor, resolve, reject }, ctx.fix);
      return [edits && ctx.fix.choice('Use an async function instead of `new Promise`', edits)];
    },
  });
}

/** Whether the body is one `try` whose `catch` settles the promise. */
function isWhollyGuarded({ body }: FunctionNode, names: ReadonlySet<string>): boolean {
  const [first, ...rest] = body && isBlock(body) ? body.statements : [];
  if (!first || rest.length > 0 || !isTryStatement(first) || !first.catchClause) return false;
  let settles = false;
  walkBody(first.catchClause.block, (node) => {
    if (isIdentifier(node) && names.has(node.text)) settles = true;
  });
  return settles;
}

/** Executors that use neither name, and paths through the executor's own code that end without a call. */
function reportUnsettled({ executor, resolve, names }: Executor, ctx: RuleContext): void {
  const [parameter] = executor.parameters;
  const body = executor.body;
  // Without parameters, with a leading underscore or with an empty body, the promise is meant to stay pending.
  if (
    !parameter ||
    resolve === undefined ||
    resolve.startsWith('_') ||
    !body ||
    (isBlock(body) && body.statements.length === 0)
  )
    return;
  const uses = usesOf(names, executor);
  if (uses.length === 0) {
    if (!mentionsArguments(executor)) ctx.report('neverSettled', parameter.name, { data: { name: resolve } });
    return;
  }
  const isOwnCall = (use: Node): boolean => isSettlingCall(use) && functionAround(use) === executor;
  if (!uses.every(isOwnCall)) {
    for (const statement of returnsBefore(uses, executor)) {
      if (!isUnmounted(statement)) ctx.report('unsettledPath', returnKeyword(statement));
    }
    return;
  }
  const { unsettledReturns, endsUnsettled } = settlingPaths(executor, names);
  for (const statement of unsettledReturns) ctx.report('unsettledPath', returnKeyword(statement));
  const condition = endsUnsettled && uses[0] ? firstCondition(uses[0], executor) : undefined;
  if (condition && unsettledReturns.length === 0) ctx.report('unsettledPath', condition);
}

/** Executors that hand their names only to functions of the project that do nothing with them. */
async function reportIdle({ executor, resolve, names }: Executor, ctx: RuleContext): Promise<void> {
  const [parameter] = executor.parameters;
  if (!parameter || !resolve || resolve.startsWith('_') || usesOf(names, executor).length === 0) return;
  if ((await ctx.facts.settling(executor)).settles === 'never')
    ctx.report('neverSettled', parameter.name, { data: { name: resolve } });
}

/** A component that is gone has nobody left who waits. */
function isUnmounted(statement: Node): boolean {
  const condition = isIfStatement(statement.parent) ? statement.parent : statement.parent.parent;
  return isIfStatement(condition) && /mounted/i.test(condition.expression.getText());
}

/** The `return`s that leave before anybody has been given a name, or a function that uses one. */
function returnsBefore(uses: readonly Node[], executor: FunctionNode): readonly Node[] {
  const isHoisted = uses.some((use) => functionAround(use)?.kind === SyntaxKind.FunctionDeclaration);
  const first = Math.min(...uses.map((use) => use.getStart()));
  const found: Node[] = [];
  if (isHoisted || !executor.body) return found;
  walkBody(executor.body, (node) => {
    if (isReturnStatement(node) && node.end <= first) found.push(node);
    return !isFunctionNode(node);
  });
  return found;
}

function returnKeyword(statement: Node): { readonly start: number; readonly end: number } {
  return { start: statement.getStart(), end: statement.getStart() + 'return'.length };
}

function mentionsArguments(executor: FunctionNode): boolean {
  return usesOf(new Set(['arguments']), executor).length > 0;
}

/** The keyword or condition that a settling call stands behind. */
function firstCondition(call: Node, executor: Node): { readonly start: number; readonly end: number } | undefined {
  for (let at: Node = call; at !== executor; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && at !== parent.expression) return spanOf(parent.expression);
    if (parent.kind === SyntaxKind.ConditionalExpression || parent.kind === SyntaxKind.BinaryExpression) {
      const [first] = parent.getChildren();
      if (first && first !== at) return spanOf(first);
    }
    if (parent.kind === SyntaxKind.SwitchStatement)
      return { start: parent.getStart(), end: parent.getStart() + 'switch'.length };
    if (isTryStatement(parent)) return { start: parent.getStart(), end: parent.getStart() + 'try'.length };
  }
  return undefined;
}

/** Second calls on one path, in the executor itself and in each function inside it. */
function reportDoubles({ executor, names }: Executor, ctx: RuleContext): void {
  if (names.size === 0) return;
  for (const fn of [executor, ...functionsUsing(names, executor)]) {
    for (const { first, second } of settlingPaths(fn, names).doubles) {
      const related: Related[] = [
        { file: ctx.file.path, span: spanOf(first.expression), message: 'settles the promise first' },
      ];
      ctx.report('settledTwice', second.expression, {
        data: { name: second.expression.getText(), first: first.expression.getText() },
        severity: 'warning',
        related,
        fixes: () => {
          const statement = first.parent;
          if (!isExpressionStatement(statement) || isArrowFunction(statement.parent)) return [];
          return [ctx.fix.choice(`Return after \`${first.expression.getText()}\``, ctx.fix.before(first, 'return '))];
        },
      });
    }
  }
}

/** `return 1` and `return load()`; `return resolve(x)` and `return socket.end()` only leave the function. */
async function reportReturns(executor: FunctionNode, ctx: RuleContext): Promise<void> {
  if (!executor.body || !isBlock(executor.body)) return;
  const returned: Node[] = [];
  walkBody(executor.body, (node) => {
    if (isReturnStatement(node) && node.expression) returned.push(node.expression);
    return !isFunctionNode(node);
  });
  await Promise.all(
    returned.map(async (value) => {
      const type = await ctx.types.typeOf(value);
      const { extent } = await type.thenability();
      const isPromise = extent === 'all';
      const isPlain =
        !isCallExpression(unwrap(value)) &&
        unwrap(value).kind !== SyntaxKind.VoidExpression &&
        !type.isNullish &&
        !type.isUnknown;
      const link = chainCall(value);
      // `return load().then(resolve, reject)` leaves nothing to wait for.
      if (isPromise && link && handlesRejection(link)) ctx.silent(value, 'the chain handles its own rejections');
      else if (isPromise) ctx.report('returned', value, { severity: 'warning' });
      else if (isPlain) ctx.report('returned', value, { severity: 'information' });
    }),
  );
}
