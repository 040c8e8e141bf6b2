import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { comesFromOutside, type FanOut, fanOutOf, isBounded } from '../../facts/overlap/fan-out.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  calleeName,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { droppedWork } from './unbounded-fan-out/dropped.ts';
import { limitFix, optionFix } from './unbounded-fan-out/fixes.ts';

const messages = {
  atOnce: {
    text: '`{call}` starts for all of `{list}` at once, however many there are',
    why: 'Each of them holds a socket, a file handle, a connection or memory while it waits. A long list runs into the limit of one of them, or into that of whoever is asked.',
    help: 'Let only so many run at a time, with `p-limit` or `p-map`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: only for work that is known to reach out of the program, and lists that come from outside, whose length nobody can see. */
export const unboundedFanOut = defineRule({
  id: 'unbounded-fan-out',
  family: 'concurrency',
  principle: 5,
  summary: 'Work on files, a network or a database is started for all elements of a list at once',
  preset: 'preview',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      if (ctx.file.isTest) return undefined;
      const name = lastName(call) ?? '';
      if (combining.has(name) && isOfPromise(call)) {
        const found = fanOutOf(call);
        return found && check(found, ctx);
      }
      return helpers.has(name) && call.arguments.length >= 2 ? checkHelper(call, ctx) : undefined;
    },
    ForOfStatement(loop, ctx) {
      const work = ctx.file.isTest || loop.awaitModifier ? undefined : droppedWork(loop);
      return work && checkDropped(loop.expression, work, ctx);
    },
  },
});

const combining = new Set(['all', 'allSettled', 'any']);
/** Names under which helpers are known that take a limit, and have none unless they are given one. */
const helpers = new Set([
  'pMap',
  'pFilter',
  'pEach',
  'pSettle',
  'pProps',
  'map',
  'filter',
  'each',
  'forEach',
  'eachOf',
]);
const helperModules = new Set(['p-map', 'p-filter', 'p-settle', 'p-props', 'p-each', 'bluebird', 'async']);

function isOfPromise(call: CallExpression): boolean {
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) && isIdentifier(callee.expression) && callee.expression.text === 'Promise';
}

async function check(found: FanOut, ctx: Context): Promise<void> {
  if (!(await mayBeMany(found.list, found.work, ctx))) return;
  report(found.list, found.work, found.at, () => [limitFix(found, ctx)], ctx);
}

async function checkDropped(list: Node, work: CallExpression, ctx: Context): Promise<void> {
  if (await mayBeMany(list, work, ctx)) report(list, work, calleeName(work), () => [], ctx);
}

/** What variables of a list were given, from which one can see what it holds. */
function valuesOfList(list: Node): readonly Node[] {
  const at = unwrap(list);
  const declared = isIdentifier(at) ? declarationName(at) : undefined;
  const declaration = declared?.parent;
  return declaration && isVariableDeclaration(declaration) && declaration.initializer ? [declaration.initializer] : [];
}

async function checkHelper(call: CallExpression, ctx: Context): Promise<void> {
  const [list, work, options] = call.arguments;
  if (!list || !work || /\bconcurrency\b/.test(options?.getText() ?? '')) return;
  const origins = await ctx.types.origins(call.expression);
  if (!origins.some(({ module }) => helperModules.has(module))) return;
  if (options && !/^\{/.test(options.getText())) return;
  if (!(await mayBeMany(list, work, ctx))) return;
  report(list, work, calleeName(call), () => [optionFix(call, ctx)], ctx);
}

async function mayBeMany(list: Node, work: Node, ctx: Context): Promise<boolean> {
  const { effects } = ctx.knowledge;
  const limits = (name: string): boolean => effects.limits(name);
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(list) || isBounded(list, limits)) return false;
  if (!comesFromOutside(list, (name) => effects.listsFiles(name))) return false;
  const names = [list, ...valuesOfList(list)].flatMap(namesIn);
  if (!names.some((name) => effects.comesInNumbers(name) || effects.listsFiles(name))) return false;
  if (limiterIn(work, limits) !== undefined) return false;
  const [type, effect] = await Promise.all([ctx.types.typeOf(list), ctx.facts.independence.effectOf(calledWork(work))]);
  if (type.isTuple || !effect.reachesOut) {
    ctx.silent(list, type.isTuple ? 'it has a fixed length' : 'nothing is known to leave the program');
    return false;
  }
  return true;
}

/** The body of a function that is written in place; a name that is handed over stands for itself. */
function calledWork(work: Node): Node {
  const at = unwrap(work);
  return isFunctionNode(at) && at.body ? at.body : at;
}

/** `limit(() => …)`, `queue.add(…)`, `semaphore.use(…)` inside of the work. */
function limiterIn(work: Node, limits: (name: string) => boolean): string | undefined {
  let found: string | undefined;
  const visit = (node: Node): void => {
    if (isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const receiver = isPropertyAccessExpression(callee) ? (lastName(callee.expression) ?? '') : '';
      const name = lastName(node) ?? '';
      if (limits(name) || limits(receiver)) found = name;
    }
    if (found === undefined) node.forEachChild(visit);
  };
  visit(work);
  return found;
}

function report(list: Node, work: Node, at: Node, fixes: () => readonly (Fix | undefined)[], ctx: Context): void {
  ctx.report('atOnce', at, {
    data: { call: workName(work).replaceAll('`', "'"), list: shortName(list).replaceAll('`', "'") },
    fixes,
  });
}

/** The names that a list is written with. */
function namesIn(list: Node): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (isIdentifier(node)) found.push(node.text);
    if (!isFunctionNode(node)) node.forEachChild(visit);
  };
  visit(list);
  return found;
}

/** The first call of the work that is awaited, or the first one at all: it says more than the function around it. */
function workName(work: Node): string {
  const at = unwrap(work);
  let call: Node | undefined;
  const visit = (node: Node): void => {
    if (!call && isCallExpression(node)) call = node;
    else if (!call) node.forEachChild(visit);
  };
  const body = isFunctionNode(at) && at.body ? at.body : at;
  const look = (node: Node): void => {
    if (!call && isAwaitExpression(node)) visit(node.expression);
    else if (!call) node.forEachChild(look);
  };
  look(body);
  if (!call) visit(body);
  return shortName(call ?? at);
}
