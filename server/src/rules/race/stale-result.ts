import { interleavingOf } from '../../facts/shared/interleaving.ts';
import { isUnlikely } from '../../facts/shared/likelihood.ts';
import { functionName } from '../../facts/uses.ts';
import type { Interleaving } from '../../model/interleaving.ts';
import { flag } from '../../model/rule.ts';
import type { Location } from '../../model/span.ts';
import {
  type AwaitExpression,
  type BinaryExpression,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  type PropertyAccessExpression,
  SyntaxKind,
  spanOf,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Effect, effectAt } from './stale-result/effect.ts';
import { ignoreFix } from './stale-result/fixes.ts';
import { asksOnlyAnswer, isKeyedByParameter } from './stale-result/keyed.ts';
import { type LateState, lateStates } from './stale-result/late-state.ts';

const messages = {
  effect: {
    text: 'An older answer of `{work}` may come last and write over the newer one in `{state}`',
    why: 'The effect runs again when `{dep}` changes, and nothing stops the run before. Answers come in any order: in the end the page may show what belongs to a `{dep}` that is gone.',
    help: 'Give the effect a clean-up that sets an `ignore` flag or aborts the request, and look at it before setting the state.',
  },
  field: {
    text: 'An older answer of `{work}` may come last and write over the newer one in `{state}`',
    why: '`{fn}` may be called again, with something else, while the first call still waits. Answers come in any order, and the last one that comes is kept.',
    help: 'Number the calls and drop the answer of all but the newest, or abort the call before.',
  },
} as const;

type Context = RuleContext<keyof typeof messages, typeof options>;

const options = {
  fields: flag(
    false,
    'Also look at fields that get the answer of a call with a parameter: `this.hits = await find(text)`. On under `all`.',
    'all',
  ),
} as const;

export const staleResult = defineRule({
  id: 'stale-result',
  family: 'race',
  principle: 3,
  summary: 'The answer of an older request may come last and write over a newer one',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options,
  messages,
  on: {
    CallExpression(call, ctx) {
      return effectNames.has(lastName(call) ?? '') && !ctx.file.isTest ? checkEffect(call, ctx) : undefined;
    },
    BinaryExpression(assignment, ctx) {
      return ctx.options.fields && !ctx.file.isTest ? checkField(assignment, ctx) : undefined;
    },
  },
});

const effectNames = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect']);

async function checkEffect(call: CallExpression, ctx: Context): Promise<void> {
  const effect = effectAt(call);
  const states = effect ? lateStates(effect, ctx.flow) : [];
  if (!effect || states.length === 0) return;
  const role = ctx.knowledge.callbacks.role(await ctx.types.origins(call.expression), 0, call.arguments.length);
  if (role !== 'effect') return;
  // One problem for each request, however many states its answer goes to.
  const waits = new Set(states.map(({ wait }) => wait));
  for (const wait of waits) {
    const of = states.filter((state) => state.wait === wait);
    if (of[0]) reportState(effect, of[0], of, ctx);
  }
}

function reportState(effect: Effect, state: LateState, all: readonly LateState[], ctx: Context): void {
  const { setter, wait, dep } = state;
  const file = ctx.file.path;
  ctx.report('effect', setter, {
    data: { work: nameOf(wait), state: state.name, dep: dep.getText() },
    related: [
      { file, span: spanOf(wait), message: 'this may take any time' },
      { file, span: spanOf(dep), message: 'the effect runs again when this changes' },
    ],
    interleaving: effectInterleaving(state, file),
    fixes: () => [ignoreFix(effect, all, ctx)],
  });
}

function effectInterleaving({ setter, wait, dep, name }: LateState, file: string): Interleaving {
  const at = (node: Node): Location => ({ file, span: spanOf(node) });
  const what = dep.getText();
  return {
    tasks: [
      { name: `effect for one \`${what}\``, ...at(dep) },
      { name: 'effect for the next one', ...at(dep) },
    ],
    steps: [
      { task: 0, kind: 'suspends', text: `waits for \`${nameOf(wait)}\``, ...at(wait) },
      { task: 1, kind: 'suspends', text: `waits for \`${nameOf(wait)}\``, ...at(wait) },
      { task: 1, kind: 'writes', text: `sets \`${name}\``, ...at(setter) },
      { task: 0, kind: 'writes', text: `sets \`${name}\``, note: `belongs to the \`${what}\` before`, ...at(setter) },
    ],
    outcome: `\`${name}\` is of the wrong \`${what}\``,
    evidence: { text: `the effect runs whenever \`${what}\` changes`, at: at(dep) },
  };
}

async function checkField({ left, right, operatorToken }: BinaryExpression, ctx: Context): Promise<void> {
  const target = unwrap(left);
  if (operatorToken.kind !== SyntaxKind.EqualsToken) return;
  const answer = answerIn(right);
  const value = answer && requestOf(answer);
  if (!value || !isPropertyAccessExpression(target)) return;
  const fn = enclosingFunction(target);
  if (!fn || enclosingFunction(value) !== fn || !isKeyedByParameter(value, fn, ctx.flow)) return;
  if (!isOfThis(target)) return checkRef(target, value, fn, ctx);
  if (isLookedAtBetween(value, target, fn, ctx)) return ctx.silent(target, 'a look behind the wait decides about it');
  const [written] = ctx.facts.shared.accessesOf(fn).filter(({ node }) => node === target);
  if (written && ctx.facts.shared.isKeptAway(fn, value, written.place))
    return ctx.silent(target, 'a second call is kept away');
  const concurrency = await ctx.facts.shared.concurrencyOf(fn);
  if (!concurrency || isUnlikely(concurrency, fn))
    return ctx.silent(target, 'nothing shows that it is called twice at once');
  const state = target.getText();
  const work = nameOf(value.expression);
  ctx.report('field', target.name, {
    data: { work, state, fn: functionName(fn)?.text ?? 'this function' },
    related: [{ file: ctx.file.path, span: spanOf(value), message: 'this may take any time' }],
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: [
        { task: 0, kind: 'suspends', at: value, text: `waits for \`${work}\`` },
        { task: 1, kind: 'suspends', at: value, text: `waits for \`${work}\`` },
        { task: 1, kind: 'writes', at: target, text: `writes \`${state}\`` },
        { task: 0, kind: 'writes', at: target, text: `writes \`${state}\``, note: 'an older answer' },
      ],
      outcome: `\`${state}\` holds the older answer`,
    }),
  });
}

/** Vue: `watch(id, async (value) => { user.value = await find(value); })`. */
async function checkRef(
  target: PropertyAccessExpression,
  value: AwaitExpression,
  fn: FunctionNode,
  ctx: Context,
): Promise<void> {
  const call = wrapped(fn).parent;
  if (target.name.text !== 'value' || !isCallExpression(call) || lastName(call) !== 'watch') return;
  // Whoever asks for the third parameter cleans up.
  if (fn.parameters.length > 2 || /\bonWatcherCleanup\b|\.abort\(/.test(fn.getText())) return;
  if (isLookedAtBetween(value, target, fn, ctx)) return ctx.silent(target, 'a look behind the wait decides about it');
  const origins = await ctx.types.origins(call.expression);
  const [source] = call.arguments;
  if (!source || !origins.some(({ module }) => /^(?:vue|@vue\/|@nuxt)/.test(module))) return;
  const file = ctx.file.path;
  ctx.report('effect', target.name, {
    data: { work: nameOf(value.expression), state: target.getText(), dep: source.getText() },
    related: [
      { file, span: spanOf(value), message: 'this may take any time' },
      { file, span: spanOf(source), message: 'it runs again when this changes' },
    ],
  });
}

/** `this.hits`, `this.panel.webview.html`. */
function isOfThis(target: PropertyAccessExpression): boolean {
  let root: Node = target;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  return root.kind === SyntaxKind.ThisKeyword;
}

/** `await fetch(url)` of `await response.json()`: what was asked for in the first place. */
function requestOf(answer: AwaitExpression): AwaitExpression {
  const call = unwrap(answer.expression);
  const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!callee || !isPropertyAccessExpression(callee) || !bodyReaders.has(callee.name.text)) return answer;
  return answerIn(callee.expression) ?? answer;
}

const bodyReaders = new Set(['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text']);

/** The wait that a value comes from, itself, a member of it, or through a constant: `const { items } = await find(text)`. */
function answerIn(expression: Node): AwaitExpression | undefined {
  let at = unwrap(expression);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  if (isAwaitExpression(at)) return at;
  let declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  while (declared && isBindingElement(declared)) declared = declared.parent.parent;
  const made = declared && isVariableDeclaration(declared) && declared.initializer && unwrap(declared.initializer);
  return made && isAwaitExpression(made) ? made : undefined;
}

/** `if (id !== this.latest) return;` between the wait and the write; `if (!found) return;` asks for nothing that another call changes. */
function isLookedAtBetween(value: AwaitExpression, target: Node, fn: FunctionNode, ctx: Context): boolean {
  const graph = ctx.flow.graphOf(fn);
  const after = ctx.flow.stepsAfter(graph.stepsOf(value));
  const before = ctx.flow.stepsBefore(graph.stepsOf(target));
  return [...after].some((step) => step.kind === 'branch' && before.has(step) && !asksOnlyAnswer(step.node, fn, value));
}
