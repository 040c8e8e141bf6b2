import { acquiredBy } from '../../facts/lifetime/acquired-locks.ts';
import { useOf } from '../../facts/lifetime/held-values.ts';
import { endsProcess } from '../../facts/promises/missed-promises.ts';
import { causeOf, failingPath, wayOutOf } from '../../facts/rejection/failing-paths.ts';
import type { FlowGraph, Step } from '../../flow/graph.ts';
import type { Miss } from '../../flow/paths.ts';
import type { KnownLock } from '../../knowledge/locks.ts';
import type { Related } from '../../model/finding.ts';
import {
  type CallExpression,
  calleeName,
  type Identifier,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isThrowStatement,
  isTryStatement,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { releaseFixes } from './unreleased-lock/fixes.ts';
import { type Held, heldBy, type Release } from './unreleased-lock/held.ts';
import { interleavingOf } from './unreleased-lock/interleaving.ts';

const messages = {
  missed: {
    text: '{what} is not released when {cause}',
    why: 'The line that releases it is not reached on this path. Everybody who asks for it later waits for ever, or until the pool has nothing left to give.',
    help: 'Release it in `finally`.',
  },
  never: {
    text: '{what} is never released',
    why: 'Nothing in this function gives it back. Everybody who asks for it later waits for ever, or until the pool has nothing left to give.',
    help: 'Release it in `finally`.',
  },
  dropped: {
    text: 'The result of `{call}` is dropped, and only that could release it',
    why: 'Only what this call gives can release it, and nobody keeps that. Everybody who asks for it later waits for ever.',
    help: 'Keep what the call gives, and release it in `finally`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const unreleasedLock = defineRule({
  id: 'unreleased-lock',
  family: 'race',
  principle: 6,
  summary: 'A lock, a permit, a pooled client or a reader is not given back on every path',
  preset: 'recommended',
  severity: 'error',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      const name = lastName(call) ?? '';
      const { locks } = ctx.knowledge;
      const mayAcquire = locks.mayAcquire(name) || locks.mayLend(name) || locks.counterpartOf(name) !== undefined;
      return mayAcquire && !ctx.file.isTest ? check(call, ctx) : undefined;
    },
  },
});

async function check(call: CallExpression, ctx: Context): Promise<void> {
  const held = heldBy(call);
  if (held.kind === 'elsewhere') return;
  const lock = await acquiredBy(call, ctx);
  // With a callback, that gets it.
  if (!lock || (await takesCallback(call, ctx))) return;
  if (lock.isGuessed && isOneOfTwo(call)) return ctx.silent(calleeName(call), 'somebody else may have given it');
  const place = held.kind === 'variable' ? held.name : undefined;
  const releases = held.kind === 'variable' ? held.releases(lock) : held.releasesOfLock(lock);
  if (releases === 'escapes') return ctx.silent(calleeName(call), 'somebody else gets what releases it');
  const what = describe(call, lock);
  const at = calleeName(call);
  if (lock.kind === 'reader' && !isLent(call)) return ctx.silent(at, 'nobody else has the stream');
  if (releases.length === 0) return reportNever(call, held, lock, what, ctx);
  const graph = ctx.flow.around(call);
  const miss = await missOf(call, releases, graph, lock, place, ctx);
  if (!miss) return;
  const out = wayOutOf(miss);
  const file = ctx.file.path;
  const related: readonly Related[] = [
    ...(out ? [{ file, span: spanOf(out), message: 'leaves here without releasing it' }] : []),
    ...releases.slice(0, 1).map(({ at: release }) => ({ file, span: spanOf(release), message: 'released here' })),
  ];
  ctx.report('missed', at, {
    ...(lock.isGuessed && { severity: 'warning' as const }),
    data: { what, cause: causeOf(miss) },
    related,
    interleaving: interleavingOf(call, miss, what, file),
    fixes: () => releaseFixes(call, held, lock, releases, ctx),
  });
}

async function takesCallback(call: CallExpression, ctx: Context): Promise<boolean> {
  const answers = await Promise.all(call.arguments.map((argument) => ctx.types.mayBe('function', argument)));
  return answers.includes(true);
}

function reportNever(call: CallExpression, held: Held, lock: KnownLock, what: string, ctx: Context): void {
  // A stream that is read to its end needs no release, and a lock of its own may be released by another method.
  if (lock.kind === 'reader' || lock.gives === 'nothing' || (lock.isOwn && lock.gives !== 'releaser')) return;
  if (held.kind === 'dropped') {
    // Some locks can be released without what they gave.
    if (lock.release.some((name) => new RegExp(`\\b${name}\\(`).test(ctx.file.text))) return;
    return ctx.report('dropped', calleeName(call), { data: { call: nameOf(call) } });
  }
  if (held.kind === 'passing' && lock.gives !== 'handle') return;
  if (lock.isGuessed && held.kind === 'variable' && isEndedSomehow(held.name))
    return ctx.silent(calleeName(call), 'it is ended by another name');
  ctx.report('never', calleeName(call), {
    ...(lock.isGuessed && { severity: 'warning' as const }),
    data: { what },
    fixes: () => releaseFixes(call, held, lock, [], ctx),
  });
}

/** `connection.close()`, where only the name of what gave it says that it has to be released. */
function isEndedSomehow(name: Identifier): boolean {
  return referencesTo(name)
    .map(useOf)
    .some((use) => use.kind === 'method' && /^(?:close|destroy|dispose|drop|end|free|return|unlock)/.test(use.member));
}

/** `given ?? createRunner()`: who has to release it is decided elsewhere. */
function isOneOfTwo(call: CallExpression): boolean {
  let at = wrapped(call);
  while (isAwaitExpression(at.parent)) at = wrapped(at.parent);
  return isBinaryExpression(at.parent) && at.parent.operatorToken.kind !== SyntaxKind.EqualsToken;
}

/** Whether a stream belongs to somebody else, who may go on with it: a parameter or a part of it, or what a field holds. */
function isLent(call: CallExpression): boolean {
  const callee = unwrap(call.expression);
  return isOfSomebody(isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee);
}

function isOfSomebody(stream: Node): boolean {
  if (isPropertyAccessExpression(stream)) {
    const owner = unwrap(stream.expression);
    return owner.kind === SyntaxKind.ThisKeyword || isOfSomebody(owner);
  }
  const declaration = isIdentifier(stream) ? declarationName(stream)?.parent : undefined;
  if (!declaration || !isVariableDeclaration(declaration)) return declaration?.kind === SyntaxKind.Parameter;
  return declaration.initializer !== undefined && isOfSomebody(unwrap(declaration.initializer));
}

function describe(call: CallExpression, { kind }: KnownLock): string {
  const callee = unwrap(call.expression);
  const name = isPropertyAccessExpression(callee) ? nameOf(callee.expression) : nameOf(callee);
  switch (kind) {
    case 'permit':
      return `A permit of \`${name}\``;
    case 'client':
      return `What \`${nameOf(call)}\` gives`;
    case 'reader':
      return `The lock on \`${name}\``;
    default:
      return `\`${name}\``;
  }
}

/** The path on which it is held until the end. */
async function missOf(
  call: CallExpression,
  releases: readonly Release[],
  graph: FlowGraph,
  lock: KnownLock,
  place: Node | undefined,
  ctx: Context,
): Promise<Miss | undefined> {
  const from = startOf(call, graph);
  const goals = new Set(releases.flatMap(({ at }) => stepsAround(at, graph)));
  const text = place?.getText();
  return failingPath(
    {
      graph,
      from,
      goals: new Set([...goals, ...graph.steps.filter(endsProcess)]),
      countsReturns: true,
      isExcused: lock.isGuessed === true,
      known: new Map(text === undefined ? [] : [[text, true]]),
      mayFail: async ({ kind, node, suspends }) => {
        if (suspends) return text === undefined || !isOf(node, text) || !(lock.kind === 'reader' || isOpening(node));
        return kind === 'call' && isCallExpression(node) && throwsPlainly(node, ctx);
      },
    },
    ctx,
  );
}

/** Behind the `await` of the call, or behind the call itself where nobody waits for it. */
function startOf(call: CallExpression, graph: FlowGraph): readonly Step[] {
  let at: Node = call;
  for (let up = call.parent; up && !isStatement(up); up = up.parent) if (isAwaitExpression(up)) at = up;
  return graph.stepsOf(at);
}

function isStatement({ kind }: Node): boolean {
  return SyntaxKind.FirstStatement <= kind && kind <= SyntaxKind.LastStatement;
}

/** The steps of a release, or of the making of the function that will release. */
function stepsAround(node: Node, graph: FlowGraph): readonly Step[] {
  for (let at = node; at?.parent && at !== graph.root; at = at.parent) {
    const steps = graph.stepsOf(at);
    if (steps.length > 0) return steps;
  }
  return [];
}

/** Whether an `await` waits for what holds the lock: a stream that fails has nothing left to lock. */
function isOf(node: Node, name: string): boolean {
  const operand = isAwaitExpression(node) ? unwrap(node.expression) : undefined;
  return operand !== undefined && isCallExpression(operand) && operand.expression.getText().startsWith(`${name}.`);
}

/** `await runner.connect(); await runner.startTransaction();`: what could not be opened holds nothing. */
function isOpening(node: Node): boolean {
  return /\.(?:connect|startTransaction|beginTransaction)\(/.test(node.getText());
}

/** Whether a call that is not awaited may throw, because its function says so: by a `throw` that nothing around it catches. */
async function throwsPlainly(call: CallExpression, ctx: Context): Promise<boolean> {
  if (call.expression.getText() === 'JSON.parse') return true;
  if (isAwaitExpression(call.parent)) return false;
  const functions = await ctx.facts.calledFunctions(call);
  return functions.some((fn) => {
    let throws = false;
    if (fn.body && !(fn as { readonly asteriskToken?: Node }).asteriskToken)
      walkBody(fn.body, (node) => {
        throws ||= isThrowStatement(node);
        return !isTryStatement(node);
      });
    return throws && !fn.modifiers?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword);
  });
}
