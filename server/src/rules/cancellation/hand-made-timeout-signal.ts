import { signalOfPlatform } from '../../engine/timeout-fixes.ts';
import { abortListening, staysOnSignal } from '../../facts/cancellation/abort-listeners.ts';
import {
  abortedBy,
  isCleared,
  type OwnController,
  ownController,
  timerName,
} from '../../facts/cancellation/own-controllers.ts';
import { isAside } from '../../facts/cancellation/signal-work.ts';
import { outlivesWork } from '../../facts/lifetime/missed-clearing.ts';
import { timerCall } from '../../facts/lifetime/timers.ts';
import {
  type CallExpression,
  enclosingFunction,
  isIdentifier,
  isReturnStatement,
  isVariableDeclaration,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  timeout: {
    text: 'A timer that aborts `{controller}` is what `AbortSignal.timeout` is for',
    why: 'A timer of its own has to be cleared on every way out, keeps the process alive until then, and its abort looks like one that a person asked for. `AbortSignal.timeout` needs no clearing, and its reason is a `TimeoutError`.',
    help: 'Use `AbortSignal.timeout({ms})`.',
  },
  linked: {
    text: 'Passing the abort of `{signal}` on to `{controller}` is what `AbortSignal.any` is for',
    why: 'A listener has to be removed when the work ends, has to be preceded by a look at `aborted`, and loses the reason unless it is passed on. `AbortSignal.any` does all of it.',
    help: 'Use `AbortSignal.any([{signal}, {controller}.signal])`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const handMadeTimeoutSignal = defineRule({
  id: 'hand-made-timeout-signal',
  family: 'cancellation',
  principle: 4,
  summary: 'A controller does what `AbortSignal.timeout` or `AbortSignal.any` does',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      if (isAside(ctx.file)) return undefined;
      if (isIdentifier(call.expression) && call.expression.text === 'setTimeout') return checkTimer(call, ctx);
      return checkListener(call, ctx);
    },
  },
});

async function checkTimer(call: CallExpression, ctx: Context): Promise<void> {
  const [callback, ms] = call.arguments;
  const controller = callback && ms && ownController(abortedBy(callback));
  if (!controller || controller.uses.filter(({ member }) => member === 'abort').length > 1) return;
  const timer = timerName(call);
  if (timer === 'unknown') return;
  const uses = timer ? referencesTo(timer) : [];
  // Set again, given away or refreshed: a timer that is more than a deadline.
  if (uses.some((use) => !isCleared(use)) || inLoopUnlike(call, controller) || isStandIn(controller)) return;
  const started = timerCall(call);
  // This stands for what `uncleared-timer` would say of it, too.
  const isLeft = started !== undefined && (await outlivesWork(started, ctx));
  ctx.report('timeout', call.expression, {
    ...(isLeft && { severity: 'warning' }),
    data: { controller: controller.name.text, ms: ms.getText().slice(0, 24) },
    fixes: () => [signalOfPlatform(call, ctx)],
  });
}

function checkListener(call: CallExpression, ctx: Context): void {
  const listening = abortListening(call);
  const [, callback] = call.arguments;
  const controller = listening && callback && ownController(abortedBy(valueOf(callback)));
  if (!controller || isStandIn(controller)) return;
  const { callee, signal } = listening;
  const text = signal.getText();
  if (ownController(signal) || /AbortSignal\./.test(text)) return;
  ctx.report('linked', callee.name, {
    // This stands for what `abort-listener-leak` would say of it, too.
    ...(staysOnSignal(listening) && { severity: 'warning' }),
    data: { signal: text.slice(0, 20), controller: controller.name.text.slice(0, 16) },
  });
}

/** What a constant holds: the listener of `signal.addEventListener('abort', onAbort)`. */
function valueOf(callback: Node): Node {
  const at = unwrap(callback);
  const declaration = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  return (declaration && isVariableDeclaration(declaration) && declaration.initializer) || at;
}

/**
 * A function that gives the signal to its caller may stand in for what a platform lacks: its file asks for that, or a
 * comment above it speaks of platforms.
 */
function isStandIn({ name, uses }: OwnController): boolean {
  if (!uses.some(({ at, member }) => member === 'signal' && isReturnStatement(wrapped(at).parent.parent))) return false;
  const fn = enclosingFunction(name);
  const { text } = name.getSourceFile();
  const above = fn ? text.slice(fn.pos, fn.getStart()) : '';
  return (
    /AbortSignal(?:\b.{0,20})?\.(?:any|timeout)\b|['"](?:any|timeout)['"] in AbortSignal/.test(text) ||
    /platform|support|polyfill|ponyfill|fallback|compat|older|browser|runtime|node (?:1\d|v)|safari/i.test(above)
  );
}

/** A timer in another function than its controller is started by some event. */
function inLoopUnlike(call: CallExpression, { name }: OwnController): boolean {
  return enclosingFunction(call) !== enclosingFunction(name);
}
