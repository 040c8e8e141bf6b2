import { abortCheckFixes, handlerCheckFixes } from '../../engine/abort-fixes.ts';
import type { ScopedSignal } from '../../facts/cancellation/signal-scope.ts';
import { isOfRequest } from '../../facts/cancellation/signal-syntax.ts';
import { isAside, worksOnAfterAbort } from '../../facts/cancellation/signal-work.ts';
import { isAwaited } from '../../facts/lifetime/shared-lifetime.ts';
import { functionName, isExported } from '../../facts/uses.ts';
import { workKind } from '../../knowledge/best-effort.ts';
import {
  type CallExpression,
  type CatchClause,
  calleeName,
  enclosingFunction,
  hasModifier,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  spanOf,
  type TryStatement,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { type ChainCall, chainCall, chainOf, handlesRejection } from '../../typescript/promise-syntax.ts';
import { namesIn } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { throwsUnlessRepaired } from './swallowed-abort/repairs.ts';

const messages = {
  swallowed: {
    text: 'When `{signal}` is aborted, this `{catch}` makes a normal result of it',
    why: 'An abort comes back as an error. This code treats it like any other failure, so that the caller goes on with what looks like an answer, and a log tells of a failure that was none.',
    help: 'Let the abort pass first: `{check}`.',
  },
  retried: {
    text: 'After an abort of `{signal}`, this loop tries again',
    why: 'An abort comes back as an error like any other, and the loop begins the work anew. Whoever aborted waits for attempts that must all fail.',
    help: 'Let the abort pass first: `{check}`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: speaks only of signals from outside. Who made the controller may do with its abort what it likes. */
export const swallowedAbort = defineRule({
  id: 'swallowed-abort',
  family: 'cancellation',
  principle: 4,
  summary: 'A `catch` around work that can be aborted treats the abort like any other failure',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CatchClause(clause, ctx) {
      return isAside(ctx.file) || saysSo(clause) ? undefined : checkClause(clause, ctx);
    },
    CallExpression(call, ctx) {
      if (isAside(ctx.file)) return undefined;
      const link = chainCall(call);
      const handler = link?.call === call ? handlerOf(link) : undefined;
      return link && handler && isAwaited(call) && !saysSo(call) ? checkHandler(link, handler, ctx) : undefined;
    },
  },
});

async function checkClause(clause: CatchClause, ctx: Context): Promise<void> {
  if (!enclosingFunction(clause)) return;
  const fate = ctx.facts.cancellation.fateInClause(clause);
  if (fate.how === 'handled') return;
  const signals = (await ctx.facts.cancellation.signalsAt(clause)).filter(isFromOutside);
  const [signal] = signals;
  if (!signal) return;
  const { tryBlock } = clause.parent as TryStatement;
  const call = await ctx.facts.cancellation.cancellableCall(tryBlock, signals);
  if (!call) return;
  const reason =
    (signal.type === 'CancellationToken' ? ofProvider(clause) : undefined) ??
    ofOwner(signal) ??
    worksOnAfterAbort(clause) ??
    // What only waits is cut short by nothing but an abort; a loop that takes that for a failure never ends.
    (fate.how === 'retried' && (await onlyWaits(call, ctx)) ? undefined : await harmlessBecause(call, clause, ctx));
  if (reason !== undefined) return ctx.silent(clause, reason);
  if (isUnrelatedController(call, clause)) return ctx.silent(clause, 'the controller is made here');
  if (fate.how === 'swallowed' && throwsUnlessRepaired(clause))
    return ctx.silent(clause, 'it throws again, unless the work is found done');
  if (fate.how === 'swallowed' && (await ctx.facts.cancellation.callersAsk(signal)))
    return ctx.silent(clause, 'its callers give no signal, or ask theirs themselves');
  const start = clause.getStart();
  const span = { start, end: start + 'catch'.length };
  ctx.report(fate.how, span, {
    data: { signal: signal.text, catch: 'catch', check: checkText(signal) },
    related: [{ file: ctx.file.path, span: spanOf(calleeName(call)), message: 'rejects when it is aborted' }],
    ...(fate.how === 'retried' && { severity: 'error' }),
    // Whoever is given the failure as such goes on with no answer, only with a wrong reason.
    ...(fate.how === 'swallowed' && givesFailure(clause) && { severity: 'information' }),
    fixes: () => abortCheckFixes(clause, signal, ctx),
  });
}

/** The function that handles a rejection, where it is written in place. */
function handlerOf({ method, args }: ChainCall): Node | undefined {
  const handler = method === 'catch' ? args[0] : method === 'then' ? args[1] : undefined;
  const fn = handler && unwrap(handler);
  return fn && isFunctionNode(fn) ? fn : undefined;
}

async function checkHandler(link: ChainCall, handler: Node, ctx: Context): Promise<void> {
  const { start, links } = chainOf(link.receiver);
  if (!isCallExpression(start) || links.some(handlesRejection) || !isFunctionNode(handler)) return;
  if (ctx.facts.cancellation.fateInHandler(handler).how === 'handled') return;
  const fn = enclosingFunction(link.call);
  if (!fn || asksLater(link.call, fn)) return;
  const signals = (await ctx.facts.cancellation.signalsAt(link.call)).filter(isFromOutside);
  const [signal] = signals;
  if (!signal || !(await ctx.facts.cancellation.isCancellable(start, signals))) return;
  if (isUnrelatedController(start, link.call) || isEmptyStatement(link.call, handler)) return;
  const reason = worksOnAfterAbort(link.call) ?? (await harmlessBecause(start, link.call, ctx));
  if (reason !== undefined) return ctx.silent(link.name, reason);
  if (await ctx.facts.cancellation.callersAsk(signal))
    return ctx.silent(link.name, 'its callers give no signal, or ask theirs themselves');
  ctx.report('swallowed', link.name, {
    data: { signal: signal.text, catch: link.name.getText(), check: checkText(signal) },
    related: [{ file: ctx.file.path, span: spanOf(calleeName(start)), message: 'rejects when it is aborted' }],
    fixes: () => handlerCheckFixes(handler, signal, ctx),
  });
}

/** A closed request has nobody left who would take the answer for a success. */
function isFromOutside(signal: ScopedSignal): boolean {
  return signal.from !== 'own' && !isOfRequest(signal.text);
}

/** Whether what follows looks at the signal itself. */
function asksLater(call: Node, fn: Node): boolean {
  return /\.aborted\b|throwIfAborted|isCancellationRequested/.test(fn.getSourceFile().text.slice(call.end, fn.end));
}

/** Whether the code or a comment in it speaks of aborts. */
function saysSo(node: Node): boolean {
  const comments = node.getText().match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? [];
  return comments.some((comment) => /abort|cancel/i.test(comment));
}

/** Why it does not matter that an abort ends here; undefined where nothing says so. */
async function harmlessBecause(
  call: CallExpression | NewExpression,
  place: Node,
  ctx: Context,
): Promise<string | undefined> {
  const name = lastName(call.expression) ?? '';
  const kind = workKind(name);
  if (kind === 'courtesy' || kind === 'cleanup') return `nothing depends on \`${name}\``;
  // An event may come as an error too: whoever says nothing of it at all stops waiting, and no more.
  const isLeftAlone = name !== 'once' || !isCatchClause(place) || place.block.statements.length === 0;
  if (isLeftAlone && (await onlyWaits(call, ctx)))
    return `\`${name}\` only waits, and an abort is all that can end it early`;
  const fn = enclosingFunction(place);
  const around = fn && functionName(fn)?.text;
  if (
    around !== undefined &&
    (ctx.knowledge.cancellation.logs(around) || workKind(around) === 'cleanup' || /^remove[A-Z]/.test(around))
  )
    return `nothing depends on \`${around}\``;
  if (isCatchClause(place) && isInBoundLoop(place)) return 'the loop around it ends with the signal';
  if (fn && neverThrows(fn)) return 'a comment above the function says that it never throws';
  return isCatchClause(place) && isOptionalByWords(place, ctx)
    ? 'a comment says that its failure does not matter'
    : undefined;
}

/** `return { error: message };`, `return { success: false };`: the block ends with a result that says it is none. */
function givesFailure({ block }: CatchClause): boolean {
  const last = block.statements.at(-1);
  if (!last || !isReturnStatement(last) || !last.expression) return false;
  const result = unwrap(last.expression);
  const text =
    isObjectLiteralExpression(result) || isNewExpression(result) || isCallExpression(result) ? result.getText() : '';
  return /\b(?:is|has)?(?:error|failed|failure)\w*\s*[:,(}]|\b(?:success|ok)\s*:\s*false/i.test(text);
}

async function onlyWaits(
  { expression }: CallExpression | NewExpression,
  { knowledge, types }: Context,
): Promise<boolean> {
  const name = lastName(expression) ?? '';
  if (workKind(name) === 'wait' || name === 'once') return true;
  return knowledge.timers.sleeps(await types.origins(expression));
}

/** A token asks and does not throw: what is called with one by the editor looks at it when all is done. */
function ofProvider(clause: Node): string | undefined {
  const owner = enclosingFunction(clause)?.parent;
  const { heritageClauses = [] } = (owner ?? {}) as { readonly heritageClauses?: readonly Node[] };
  return heritageClauses.length > 0 ? 'whoever calls this method looks at the token itself' : undefined;
}

/** `this.load(this.controller.signal)` is all that calls a private function: who made the controller knows of its abort. */
function ofOwner({ name, from }: ScopedSignal): string | undefined {
  const fn = from === 'parameter' ? name.parent.parent : undefined;
  if (!fn || !isFunctionNode(fn) || isExported(fn)) return undefined;
  const isPrivate = hasModifier(fn, SyntaxKind.PrivateKeyword) || functionName(fn)?.text.startsWith('#');
  const own = functionName(fn);
  if (!own || (isMethodDeclaration(fn) && !isPrivate)) return undefined;
  const index = fn.parameters.findIndex((parameter) => parameter.name === name);
  const uses = namesIn(fn.getSourceFile(), own.text).filter((use) => use !== own);
  const isOwners = uses.map((use) => {
    const { parent } = use;
    const callee = isPropertyAccessExpression(parent) && parent.name === use ? parent : use;
    const call = wrapped(callee).parent;
    const given = isCallExpression(call) && call.expression === callee ? call.arguments[index]?.getText() : undefined;
    return given !== undefined && /(?:controller|source|cancellationtoken)\w*[?!]?\.(?:signal|token)$/i.test(given);
  });
  return uses.length > 0 && isOwners.every(Boolean) ? 'who calls this made the controller' : undefined;
}

/** `for await (const x of walk({ signal }))`: the abort ends the loop by its source, whatever a round makes of it. */
function isInBoundLoop(clause: Node): boolean {
  for (let at = clause.parent; at && !isFunctionNode(at); at = at.parent)
    if (isForOfStatement(at) && at.awaitModifier && /signal/i.test(at.expression.getText())) return true;
  return false;
}

function neverThrows(fn: Node): boolean {
  const above = fn.getSourceFile().text.slice(fn.pos, fn.getStart());
  return /(?:never|not|n't) (?:throw|reject)|returns? [`'\w]+ (?:on|for|in case of) (?:any |an )?(?:error|failure)/i.test(
    above,
  );
}

/** A block that does nothing but log, and a comment that says why. */
function isOptionalByWords({ block }: CatchClause, ctx: Context): boolean {
  const isIdle = block.statements.every((statement) => {
    const call = isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    return call && isCallExpression(call) && ctx.knowledge.cancellation.logs(call.expression.getText());
  });
  return (
    isIdle &&
    /\/[/*].*(?:ignor|critical|best.effort|optional|never let|not fatal|non-fatal|harmless|swallow|don't (?:care|throw))/i.test(
      block.getText(),
    )
  );
}

/** `await work().catch(() => {});`: whoever writes this wants no part of its failures. */
function isEmptyStatement(call: Node, handler: Node): boolean {
  const { body } = handler as { readonly body?: Node };
  const isEmpty = body !== undefined && isBlock(body) && body.statements.length === 0;
  const awaited = wrapped(call).parent;
  return isEmpty && isAwaitExpression(awaited) && isExpressionStatement(wrapped(awaited).parent);
}

/** A controller made in this function, which no signal from outside reaches, is for what this function decides. */
function isUnrelatedController(call: CallExpression | NewExpression, place: Node): boolean {
  const fn = enclosingFunction(place);
  const [, controller] = /\b([\w$]*[cC]ontroller[\w$]*|ac)\.signal\b/.exec(argumentsText(call)) ?? [];
  if (!fn || controller === undefined)
    return /AbortSignal\.timeout/.test(argumentsText(call)) && !/\.any\(/.test(argumentsText(call));
  const text = fn.getText();
  return text.includes('new AbortController') && !/addEventListener\(\s*['"`]abort|AbortSignal\.any|onabort/.test(text);
}

function argumentsText(call: CallExpression | NewExpression): string {
  return (call.arguments ?? []).map((argument) => argument.getText()).join(',');
}

function checkText({ text, type, isOptional }: ScopedSignal): string {
  if (type === 'CancellationToken') return `if (${text}.isCancellationRequested) throw …`;
  return isOptional ? `${text}?.throwIfAborted()` : `${text}.throwIfAborted()`;
}
