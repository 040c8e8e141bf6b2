import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { returnedExpressions } from '../../facts/promises/outcome.ts';
import { functionName } from '../../facts/uses.ts';
import type { Span } from '../../model/span.ts';
import {
  type CallExpression,
  calleeName,
  type FunctionNode,
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isThrowStatement,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { chainOf, handlesRejection, nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { forgetFix } from './cached-rejection/fixes.ts';
import { isOfPassingObject, isRemovedElsewhere, outlivesItsCall } from './cached-rejection/holder.ts';
import { assignedCache, type CachingPlace, mappedCache } from './cached-rejection/place.ts';
import { isEnd, mayBeRemoved } from './cached-rejection/removal.ts';

export const cachedRejection = defineRule({
  id: 'cached-rejection',
  family: 'lifetime',
  principle: 6,
  summary: 'A promise is kept for later callers, and with it a rejection, for ever',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    kept: {
      text: '`{cache}` keeps the promise of {call} for ever, even when it rejects',
      why: 'Every later caller gets the same promise. After one failure, such as a connection refused for a second, all of them fail until the process is restarted.',
      help: 'Take the promise out when it rejects, so that the next caller tries again.',
    },
    memoized: {
      text: '`{call}` keeps the promise of {fn} for ever, even when it rejects',
      why: 'The helper keeps whatever the function returns, and a rejected promise is as good to it as any. After one failure all later callers fail.',
      help: 'Use a helper that forgets rejections, such as `p-memoize`, or keep the promise by hand and take it out when it rejects.',
    },
  },
  on: {
    BinaryExpression(node, ctx) {
      const place = assignedCache(node);
      return place && check(place, ctx);
    },
    CallExpression(node, ctx) {
      const place = mappedCache(node);
      if (place) return check(place, ctx);
      return memoizers.has(lastName(node) ?? '') ? checkMemoizer(node, ctx) : undefined;
    },
  },
});

type Context = RuleContext<'kept' | 'memoized'>;

async function check(place: CachingPlace, ctx: Context): Promise<void> {
  const { cache, value, fn } = place;
  const { start, links } = chainOf(value);
  if (!startsWork(start) || isEnding(cache, fn) || isPassing(place.write, ctx) || mayBeRemoved(place)) return;
  // A handler that does not pass the error on leaves nothing to keep.
  if (links.some((link) => handlesRejection(link) && !passesOn(link.args.at(-1) as Node))) return;
  if (!(await isPromise(value, ctx)) || !(await outlivesItsCall(place, ctx))) return;
  if (await ctx.facts.neverRejects(value)) return ctx.silent(value, 'the promise that is kept never rejects');
  if (!(await ctx.facts.plainlyMayReject(value))) return ctx.silent(value, 'nothing in sight makes it reject');
  const [isStartUp, isCleared, isShort] = await Promise.all([
    ctx.facts.runsAtStartUp(value),
    isRemovedElsewhere(place, ctx),
    isOfPassingObject(place, ctx),
  ]);
  if (isShort) return ctx.silent(value, 'the object that keeps it is made for one call');
  if (isStartUp || isCleared) return;
  const { at, name } = headOf(start);
  ctx.report('kept', at, {
    data: { cache: nameOf(cache), call: name },
    related: await ctx.facts.firstRejection(value),
    fixes: async () => [await forgetFix(place, ctx)],
  });
}

/** Names that a helper may have which keeps what a function returned: a cheap test before questions. */
const memoizers = new Set(['memoize', 'memoizeOne', 'memoizeWith', 'memoizee', 'memoized', 'memo', 'once', 'default']);

/** `memoize(async () => …)` of a package that takes a rejected promise for a result like any other. */
async function checkMemoizer(call: CallExpression, ctx: Context): Promise<void> {
  const given = call.arguments
    .map((argument) => unwrap(argument))
    .find((argument) => isFunctionNode(argument) || isIdentifier(argument));
  if (!given || isPassing(call, ctx) || isEnd(holderName(call) ?? '')) return;
  if (!ctx.knowledge.promises.keepsRejections(await ctx.types.origins(call.expression))) return;
  const results = isFunctionNode(given)
    ? [await ctx.types.returnTypeOf(given)]
    : await (await ctx.types.typeOf(given)).returnTypes();
  const answers = await Promise.all(results.map((result) => result.thenability()));
  if (!answers.some(({ extent, isPromise }) => extent === 'all' && isPromise)) return;
  const functions = await ctx.types.functionsOf(given);
  const safe = await Promise.all(functions.map((fn) => ctx.facts.neverFails(fn)));
  if (functions.length > 0 && safe.every(Boolean)) return ctx.silent(call, 'the function never rejects');
  const name = isIdentifier(given) ? `\`${given.text}\`` : 'this function';
  ctx.report('memoized', calleeName(call), { data: { call: nameOf(call.expression), fn: name } });
}

/** Tests, build scripts and the like are over before anybody asks again. */
function isPassing(node: Node, ctx: Context): boolean {
  return blocksOnPurpose(ctx.file.sourceFile) || isInTest(node);
}

/**
 * Whether a call starts something anew. A module that could not be loaded stays so, and what is made of a promise that
 * is kept elsewhere fails again whenever that has failed.
 */
function startsWork(start: Node): boolean {
  if (isNewExpression(start))
    return isIdentifier(start.expression) && start.expression.text === 'Promise' && !onlyKeepsItsEnd(start);
  return isCallExpression(start) && !onlyImports(start);
}

/** `new Promise((resolve, reject) => { this.resolve = resolve; … })`: it begins nothing, others settle it once for all. */
function onlyKeepsItsEnd({ arguments: given }: NewExpression): boolean {
  const executor = given?.[0] && unwrap(given[0]);
  if (!executor || !isFunctionNode(executor) || !executor.body) return false;
  const own = executor.parameters.map(({ name }) => name.getText());
  let keeps = false;
  let works = false;
  const look = (node: Node): void => {
    if (isNewExpression(node)) works = true;
    if (isCallExpression(node)) works ||= !own.includes(node.expression.getText());
    if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken)
      keeps ||= own.includes(node.right.getText());
    node.forEachChild(look);
  };
  look(executor.body);
  return keeps && !works;
}

/** `import('x')`, several of them at once, and a function called in place that waits for nothing else. */
function onlyImports(call: CallExpression): boolean {
  if (call.expression.kind === SyntaxKind.ImportKeyword) return true;
  const callee = unwrap(call.expression);
  const [list] = call.arguments;
  const all = list && callee.getText() === 'Promise.all' ? unwrap(list) : undefined;
  if (all && isArrayLiteralExpression(all)) return all.elements.length > 0 && all.elements.every(isImport);
  return isFunctionNode(callee) && waitsForImportsOnly(callee);
}

/** A function that waits for modules and for nothing else: what it makes of them at once fails in every try alike. */
function waitsForImportsOnly(fn: FunctionNode): boolean {
  let imports = 0;
  let others = 0;
  walkBody(fn.body ?? fn, (node) => {
    if (isFunctionNode(node)) return false;
    if (isForOfStatement(node) && node.awaitModifier) others += 1;
    if (isAwaitExpression(node)) isModule(node.expression) ? (imports += 1) : (others += 1);
    return true;
  });
  for (const result of returnedExpressions(fn)) {
    const value = unwrap(result);
    if (isImport(value)) imports += 1;
    else if (isCallExpression(value) || (isNewExpression(value) && value.expression.getText() === 'Promise'))
      others += 1;
  }
  return imports > 0 && others === 0;
}

/** One module, or several at once. */
function isModule(awaited: Node): boolean {
  const at = unwrap(awaited);
  return isImport(at) || (isCallExpression(at) && onlyImports(at));
}

/** `import('x')`, and what is taken out of it: `import('x').then((module) => module.default)`. */
function isImport(node: Node): boolean {
  const { start, links } = chainOf(node);
  if (!isCallExpression(start) || start.expression.kind !== SyntaxKind.ImportKeyword) return false;
  return links.every(({ args: [pick] }) => {
    const fn = pick && unwrap(pick);
    const result = fn && isArrowFunction(fn) ? unwrap(fn.body) : undefined;
    return result !== undefined && (isPropertyAccessExpression(result) || isNewExpression(result));
  });
}

/** What names the work: the callee, or the keyword of a function that is called where it stands. */
function headOf(start: Node): { readonly at: Node | Span; readonly name: string } {
  if (!isCallExpression(start) && !isNewExpression(start)) return { at: start, name: `\`${nameOf(start)}\`` };
  const callee = unwrap(start.expression);
  if (!isFunctionNode(callee)) return { at: calleeName(start), name: `\`${nameOf(start)}\`` };
  const from = callee.getStart();
  return { at: { start: from, end: from + (/^\w*/.exec(callee.getText())?.[0].length || 1) }, name: 'this function' };
}

/** `this.closing ??= this.close()`: what ends ends once, and all who ask are told the same. */
function isEnding(cache: Node, fn: FunctionNode): boolean {
  const at = isElementAccessExpression(cache) ? cache.expression : cache;
  return isEnd(lastName(at) ?? '') || isEnd(functionName(fn)?.text ?? '');
}

/** Whether a rejection handler only throws again, or gives a rejected promise, and has no value to go on with. */
function passesOn(handler: Node): boolean {
  const at = unwrap(handler);
  if (!isFunctionNode(at)) return false;
  const results = returnedExpressions(at);
  const rejects = results.some((result) => /^Promise\.reject\b/.test(unwrap(result).getText()));
  if (rejects || results.length > 0) return rejects;
  let found = false;
  const look = (node: Node): void => {
    found ||= isThrowStatement(node);
    if (!found) node.forEachChild(look);
  };
  look(at);
  return found;
}

async function isPromise(value: Node, ctx: Context): Promise<boolean> {
  const { extent, isPromise: isReal } = await ctx.types.thenability(value);
  if (extent === 'unknown') return isCallExpression(value) && (await ctx.facts.outcomeOf(value)) === 'promise';
  return extent === 'all' && isReal;
}

function holderName(call: CallExpression): string | undefined {
  const holder = wrapped(call).parent as Node & { readonly name?: Node };
  return holder?.name?.getText();
}
