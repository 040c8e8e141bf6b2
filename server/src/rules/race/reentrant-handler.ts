import { interleavingOf } from '../../facts/shared/interleaving.ts';
import {
  type CallExpression,
  calleeName,
  type FunctionNode,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isJsxExpression,
  isStringLiteral,
  isVariableDeclaration,
  isVoidExpression,
  type JsxAttribute,
  lastName,
  type Node,
  spanOf,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { chainOf, nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { changingCall } from './reentrant-handler/changing.ts';
import { isGuarded, isSwitchedOff } from './reentrant-handler/guards.ts';

export const reentrantHandler = defineRule({
  id: 'reentrant-handler',
  family: 'race',
  principle: 3,
  summary: 'A second click while the first one is being worked on does the same thing again',
  preset: 'preview',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    again: {
      text: 'A second `{event}` while `{call}` is under way runs it again',
      why: 'The handler has no way to notice that it is still at work. Whoever clicks twice sends, pays or deletes twice.',
      help: 'Disable the control while the work is under way, or leave the handler at once while a flag says so.',
    },
  },
  on: {
    JsxAttribute(attribute, ctx) {
      const event = attribute.name.getText();
      return handlers.has(event) && !ctx.file.isTest ? checkAttribute(attribute, event, ctx) : undefined;
    },
    CallExpression(call, ctx) {
      return lastName(call) === 'addEventListener' && !ctx.file.isTest ? checkListener(call, ctx) : undefined;
    },
  },
});

type Context = RuleContext<'again'>;

const handlers = new Set(['onClick', 'onPress', 'onSubmit', 'onDoubleClick']);
const events = new Set(['click', 'dblclick', 'submit', 'pointerdown']);

async function checkAttribute(attribute: JsxAttribute, event: string, ctx: Context): Promise<void> {
  const { initializer } = attribute;
  const value = initializer && isJsxExpression(initializer) ? initializer.expression : undefined;
  if (!value || isSwitchedOff(attribute, event)) return;
  await checkHandler(value, event, ctx);
}

async function checkListener(call: CallExpression, ctx: Context): Promise<void> {
  const [event, listener, options] = call.arguments;
  if (!event || !listener || !isStringLiteral(event) || !events.has(event.text)) return;
  if (options && /\bonce\b/.test(options.getText())) return;
  await checkHandler(listener, event.text, ctx);
}

async function checkHandler(value: Node, event: string, ctx: Context): Promise<void> {
  const fn = await handlerOf(unwrap(value), ctx);
  const call = fn?.body && changingCall(fn);
  if (!fn || !call || isGuarded(fn, call, ctx.flow)) return;
  const what = nameOf(call);
  const at = calleeName(call);
  const file = ctx.file.path;
  ctx.report('again', at, {
    data: { event, call: what },
    related: [{ file, span: spanOf(value), message: 'called at every event' }],
    interleaving: interleavingOf({
      fn,
      concurrency: {
        how: 'handler',
        fn,
        at: value,
        task: 'event',
        text: `nothing keeps a second \`${event}\` from coming`,
      },
      events: [
        { task: 0, kind: 'calls', at, text: `calls \`${what}\`` },
        { task: 0, kind: 'suspends', at: call, text: 'waits' },
        { task: 1, kind: 'calls', at, text: `calls \`${what}\``, note: 'the same once more' },
      ],
      outcome: `\`${what}\` runs twice`,
    }),
  });
}

/** The async function behind a handler: itself, or the one that it calls. Of this file only. */
async function handlerOf(value: Node, ctx: Context): Promise<FunctionNode | undefined> {
  const [fn] = isFunctionNode(value) ? [value] : await functionsBehind(value, ctx);
  if (!fn || fn.getSourceFile() !== ctx.file.sourceFile) return undefined;
  if (isAsyncFunction(fn)) return fn;
  const { body } = fn;
  const called = body && startedCall(unwrap(body));
  if (!called) return undefined;
  const [inner] = await functionsBehind(called.expression, ctx);
  return inner && isAsyncFunction(inner) && inner.getSourceFile() === ctx.file.sourceFile ? inner : undefined;
}

/** The functions that an expression stands for, through `useCallback(…)` as well. */
async function functionsBehind(value: Node, ctx: Context): Promise<readonly FunctionNode[]> {
  const declared = isIdentifier(value) ? declarationName(value)?.parent : undefined;
  const made = declared && isVariableDeclaration(declared) && declared.initializer && unwrap(declared.initializer);
  if (made && isCallExpression(made) && lastName(made) === 'useCallback') {
    const inner = made.arguments[0] && unwrap(made.arguments[0]);
    if (inner && isFunctionNode(inner)) return [inner];
  }
  return ctx.types.functionsOf(value);
}

/** The call that a handler starts: `save(event)`, `void save(event)`, `void save(event).catch(report)`, `{ save(event); }`. */
function startedCall(body: Node): CallExpression | undefined {
  if (isBlock(body)) {
    const [only, ...more] = body.statements;
    return only && more.length === 0 && isExpressionStatement(only) ? startedCall(unwrap(only.expression)) : undefined;
  }
  const at = isVoidExpression(body) ? unwrap(body.expression) : body;
  if (!isCallExpression(at)) return undefined;
  const { start } = chainOf(at);
  return isCallExpression(start) ? start : at;
}
