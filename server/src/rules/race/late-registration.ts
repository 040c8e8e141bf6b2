import { shortText } from '../../facts/shared/places.ts';
import { flag } from '../../model/rule.ts';
import {
  type BinaryExpression,
  type CallExpression,
  calleeName,
  enclosingFunction,
  isAsyncFunction,
  isAwaitExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { lateAnswer } from './late-registration/answers.ts';
import { registerFirst } from './late-registration/fixes.ts';
import { isAbout, lateAt, mentions, type Wait } from './late-registration/late.ts';
import { type Registration, registrationAt, waitingFor } from './late-registration/registration.ts';
import { eventsOfSource, ownEmitter } from './late-registration/source.ts';

const messages = {
  missed: {
    text: '`{event}` of `{source}` may have happened before: it is only listened for after {wait}',
    why: 'An event that happens while nobody listens is lost, and an `error` without a listener ends a Node process. What was made before the wait has gone on meanwhile.',
    help: 'Register the listener right behind the line that makes it.',
  },
  waited: {
    text: '`{event}` may have happened during {wait}: then this waits for ever',
    why: 'The event is brought about by what was waited for, and the listener is registered when that has ended. Where the event has come meanwhile, nobody tells.',
    help: 'Register the listener first, then start what brings the event about, and wait for both.',
  },
  context: {
    text: '`{name}` is called after {wait}: {framework} no longer knows which component it is for',
    why: 'The framework keeps the current component only while the function runs for the first time, up to its first `await`. Afterwards the call fails, or does nothing.',
    help: 'Call it before the first `await`.',
  },
  process: {
    text: '`{event}` is only listened for after {wait}: a failure before ends the process',
    why: 'Without a listener, Node ends the process at the first rejection or error that nobody handles. Whoever wants to log it, or to close things first, does not get to.',
    help: 'Register it as the first thing that the program does.',
  },
  answer: {
    text: '`{key}` is entered in `{waiting}` only after `{send}`: an answer may come before',
    why: 'Where the other side answers at once, in the same turn or while this one waits, nobody is entered yet, and the answer is lost.',
    help: 'Enter it first, then send.',
  },
} as const;

const options = {
  answers: flag(
    false,
    'Also report callbacks that are entered for an answer only when the question has been sent. On under `all`.',
    'all',
  ),
} as const;

type Context = RuleContext<keyof typeof messages, typeof options>;

export const lateRegistration = defineRule({
  id: 'late-registration',
  family: 'race',
  principle: 3,
  summary:
    'A listener or a hook is registered after a wait, when what it is for may have happened or its context is gone',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['vue/no-lifecycle-after-await', 'vue/no-watch-after-await', 'biome:noVueLifecycleAfterAwait'],
  options,
  messages,
  on: {
    CallExpression(call, ctx) {
      const name = lastName(call) ?? '';
      if (name === 'set' && ctx.options.answers) return checkAnswer(call, ctx);
      const { registration } = ctx.knowledge;
      if (registration.mayNeedContext(name) && isIdentifier(call.expression)) return checkContext(call, ctx);
      if (registration.mayWaitForEvent(name)) return checkWait(call, ctx);
      const found = registrationAt(call, registration);
      return found && checkRegistration(found, ctx);
    },
    ForOfStatement(loop, ctx) {
      const source = loop.awaitModifier && unwrap(loop.expression);
      const isName = source !== undefined && isIdentifier(source);
      return isName
        ? checkRegistration({ source, event: 'line', at: loop.expression, step: loop, listener: undefined }, ctx)
        : undefined;
    },
    BinaryExpression(assignment, ctx) {
      const found = handlerAssignment(assignment);
      if (ctx.options.answers && assignment.operatorToken.kind === SyntaxKind.EqualsToken) checkAnswer(assignment, ctx);
      return found && checkRegistration(found, ctx);
    },
  },
});

function checkAnswer(entry: BinaryExpression | CallExpression, ctx: Context): undefined {
  const late = ctx.file.isTest ? undefined : lateAnswer(entry);
  if (!late) return;
  ctx.report('answer', late.waiting, {
    data: { key: shortText(late.key), waiting: shortText(late.waiting), send: shortText(late.sent.expression) },
    related: [{ file: ctx.file.path, span: spanOf(late.sent), message: 'sent here' }],
  });
}

/** `socket.onmessage = …`. */
function handlerAssignment({ left, right, operatorToken }: BinaryExpression): Registration | undefined {
  if (operatorToken.kind !== SyntaxKind.EqualsToken || !isPropertyAccessExpression(left)) return undefined;
  const source = unwrap(left.expression);
  const event = /^on([a-z]+)$/.exec(left.name.text)?.[1];
  if (event === undefined || !isIdentifier(source) || right.kind === SyntaxKind.NullKeyword) return undefined;
  return { source, event, at: left.name, step: left, listener: undefined };
}

async function checkContext(call: CallExpression, ctx: Context): Promise<void> {
  const late = lateAt(call, call, ctx.flow);
  if (!late) return;
  const framework = ctx.knowledge.registration.contextOf(await ctx.types.origins(call.expression));
  if (framework === undefined) return;
  ctx.report('context', call.expression, {
    data: { name: nameOf(call.expression), wait: wordsFor(late), framework },
    related: relatedTo(late, ctx),
    fixes: () => [registerFirst(call, late.node, ctx)],
  });
}

/** `await page.click(…); await page.waitForResponse(…);` */
async function checkWait(call: CallExpression, ctx: Context): Promise<void> {
  const before = waitingFor(call, ctx.knowledge.registration);
  if (!before || !ctx.knowledge.registration.waitsForEvent(await ctx.types.origins(call.expression))) return;
  ctx.report('waited', calleeName(call), {
    data: { event: nameOf(call), wait: `\`${nameOf(before.expression)}\`` },
    related: [{ file: ctx.file.path, span: spanOf(before), message: 'the event may come while this waits' }],
  });
}

async function checkRegistration(found: Registration, ctx: Context): Promise<void> {
  const { source, event, at, step } = found;
  if (isIdentifier(source) && source.text === 'process') return checkProcess(found, ctx);
  // Where nothing is waited for, nothing comes too late.
  const fn = enclosingFunction(step);
  if (ctx.file.isTest || (fn && !isAsyncFunction(fn))) return;
  const made = await eventsOfSource(source, ctx);
  if (made?.events.has(event)) {
    const own = made.variable.text;
    const late = lateAt(step, made.written, ctx.flow, (wait) => !isAbout(wait, own));
    if (!late || isListenedFor(found, late, ctx)) return;
    if (isLookedAt(source, at, late)) return ctx.silent(at, 'a look at the source decides about it');
    return reportMissed(found, own, late, ctx);
  }
  const emitter = await ownEmitter(source, event, ctx);
  if (emitter) {
    const own = emitter.variable.text;
    const late = lateAt(step, emitter.written, ctx.flow, (wait) =>
      mentions(wait, own) ? emitter.emitsDuring(wait) : emitter.isStartedBefore(wait),
    );
    if (late && !isListenedFor(found, late, ctx) && !isLookedAt(source, at, late))
      return reportMissed(found, own, late, ctx);
  }
  if (!found.listener) return;
  const late = lateAt(step, found.listener, ctx.flow, (wait) => isTriggeredBy(wait, found, ctx));
  if (!late) return;
  ctx.report('waited', at, { data: { event, wait: wordsFor(late) }, related: relatedTo(late, ctx) });
}

function reportMissed({ event, at, step }: Registration, source: string, late: Wait, ctx: Context): void {
  ctx.report('missed', at, {
    data: { event, source, wait: wordsFor(late) },
    related: relatedTo(late, ctx),
    fixes: () => [registerFirst(step, late.node, ctx)],
  });
}

function checkProcess({ event, at, step }: Registration, ctx: Context): void {
  if (ctx.file.isTest || !ctx.knowledge.registration.isProcessFailure(event)) return;
  const late = lateAt(step, step, ctx.flow);
  if (!late) return;
  ctx.report('process', at, {
    // Many a program may as well end when it fails to start.
    severity: 'information',
    data: { event, wait: wordsFor(late) },
    related: relatedTo(late, ctx),
    fixes: () => [registerFirst(step, late.node, ctx)],
  });
}

/** Whether the wait is for something that the source does, as far as names tell: `await client.connect()`. */
function isTriggeredBy(node: Node, { source, event, isOwnEvent }: Registration, ctx: Context): boolean {
  if (!isAwaitExpression(node)) return false;
  const operand = node.expression.getText();
  const text = source.getText();
  if (isOwnEvent) return /\bfire\w*\(|\bemit\w*\(/.test(operand);
  return ctx.knowledge.registration.isReadiness(event) && operand.startsWith(`${text}.`);
}

/** Whether somebody has listened for the same event of the same source in time. */
function isListenedFor({ source, event, step }: Registration, late: Wait, ctx: Context): boolean {
  const text = source.getText();
  const graph = ctx.flow.around(step);
  const before = ctx.flow.stepsBefore(graph.stepsOf(late.node));
  return [...before].some(({ kind, node }) => {
    const words = kind === 'call' || kind === 'write' ? node.getText() : '';
    return (
      words.startsWith(`${text}.`) &&
      (words.includes(`'${event}'`) || words.includes(`"${event}"`) || words.startsWith(`${text}.on${event}`))
    );
  });
}

/** Whether a condition about the source decides whether somebody listens: `if (child.exitCode === null) …`. */
function isLookedAt(source: Node, at: Node, { node: wait }: Wait): boolean {
  for (let inner = at; inner.parent; inner = inner.parent) {
    const { parent } = inner;
    if (isIfStatement(parent) && inner !== parent.expression) {
      if (mentions(parent.expression, source.getText())) return true;
      // `if (isDone) resolve(); else source.once('done', resolve);` asks in the turn in which it listens.
      if (parent.elseStatement && !isWithin(wait, parent)) return true;
    }
    if (isFunctionNode(inner.parent) && isAsyncFunction(inner.parent)) return false;
  }
  return false;
}

function wordsFor({ node }: Wait): string {
  return isAwaitExpression(node) ? `\`${nameOf(node.expression)}\`` : 'a wait';
}

function relatedTo(
  { node }: Wait,
  ctx: Context,
): readonly { file: string; span: ReturnType<typeof spanOf>; message: string }[] {
  return [{ file: ctx.file.path, span: spanOf(node), message: 'waits here' }];
}
