import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import type { Fix } from '../../model/finding.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  calleeName,
  enclosingFunction,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isDoStatement,
  isExpressionStatement,
  isForOfStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isWhileStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  unheard: {
    text: '`{stream}` says when it is full, and nobody listens: the loop goes on writing',
    why: '`write` returns false when what was written before has not left yet. Whoever goes on keeps all of it in memory until the other side has caught up.',
    help: "Wait for 'drain' when `write` returns false, or let `pipeline` do it.",
  },
  queue: {
    text: '`{queue}` grows as fast as the source gives, and nothing bounds it',
    why: 'Who takes from it may be slower than who fills it. All that has come and not left yet stays in memory.',
    help: 'Wait before the next one while it is long, or let the reader take from the source itself.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: only in loops that wait for what they write, since a list in memory gets no longer by being written. */
export const ignoredBackpressure = defineRule({
  id: 'ignored-backpressure',
  family: 'concurrency',
  principle: 5,
  summary: 'A loop writes to a stream without waiting for it to drain',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      if (lastName(call) === 'push' && !ctx.file.isTest) checkQueue(call, ctx);
      if (lastName(call) !== 'write' || ctx.file.isTest || !isStatement(call)) return undefined;
      const callee = unwrap(call.expression);
      if (!isPropertyAccessExpression(callee) || call.arguments.length === 0) return undefined;
      return (waitingLoop(call) || ofDataEvent(call)) && !listensElsewhere(call)
        ? check(call, callee.expression, ctx)
        : undefined;
    },
  },
});

/** As a statement, or as all that an arrow function does. */
function isStatement({ parent }: Node): boolean {
  return isExpressionStatement(parent) || isArrowFunction(parent);
}

/** `source.on('data', (chunk) => target.write(chunk))`. */
function ofDataEvent(call: CallExpression): boolean {
  const fn = enclosingFunction(call);
  const on = fn && wrapped(fn).parent;
  if (!on || !isCallExpression(on) || !/^(?:on|addListener)$/.test(lastName(on.expression) ?? '')) return false;
  const [event] = on.arguments;
  const outer = enclosingFunction(fn);
  return /^['"]data['"]$/.test(event?.getText() ?? '') && !/\bpause\(/.test((outer ?? fn).getText());
}

/** `for await (const line of source) this.pending.push(line)`, where another method takes from it. */
function checkQueue(call: CallExpression, ctx: Context): void {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || !isPropertyAccessExpression(callee.expression)) return;
  const queue = callee.expression;
  if (queue.expression.kind !== SyntaxKind.ThisKeyword || !isStatement(call)) return;
  let loop: Node = call;
  while (!isFunctionNode(loop) && !(isForOfStatement(loop) && loop.awaitModifier)) loop = loop.parent;
  if (!isForOfStatement(loop)) return;
  const name = queue.name.text;
  const { text } = ctx.file;
  // Whoever looks at its length, or waits in the loop, bounds it.
  if (new RegExp(`\\b${name.replace('#', '')}\\.length`).test(text) || waits(loop.statement)) return;
  if (!new RegExp(`${name.replace('$', '\\$')}\\.(?:shift|pop|splice)\\(`).test(text)) return;
  ctx.report('queue', calleeName(call), { data: { queue: queue.getText() } });
}

async function check(call: CallExpression, stream: Node, ctx: Context): Promise<void> {
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(call)) return;
  // A terminal is written to synchronously, mostly, and nobody writes much to it.
  if (/\bstd(?:out|err)$/.test(stream.getText())) return;
  if (!(await isWritable(stream, ctx))) return ctx.silent(call, 'it is not known to be a stream');
  ctx.report('unheard', calleeName(call), {
    data: { stream: nameOf(stream) },
    fixes: () => [drainFix(call, stream, ctx)],
  });
}

async function isWritable(stream: Node, ctx: Context): Promise<boolean> {
  const type = await ctx.types.typeOf(stream);
  if (!type.isUnknown) {
    const heritage = await type.heritage();
    return heritage.some(({ name, file }) => writable.has(name) && /(?:@types\/node|stream)/.test(file));
  }
  const origins = await ctx.types.origins(stream);
  return origins.some(({ module, path }) => module === 'node:fs' && path.join('.') === 'createWriteStream.()');
}

const writable = new Set(['Writable', 'WritableBase']);

/** The innermost loop of the function, where its rounds wait for something: what they write keeps coming. */
function waitingLoop(node: Node): Node | undefined {
  for (let at: Node | undefined = node.parent; at && !isFunctionNode(at); at = at.parent) {
    if (isForOfStatement(at) && at.awaitModifier) return at;
    if ((isForOfStatement(at) || isForStatement(at) || isWhileStatement(at) || isDoStatement(at)) && waits(at))
      return at;
  }
  return undefined;
}

function waits(loop: Node): boolean {
  let found = false;
  walkBody(loop, (at) => {
    if (isAwaitExpression(at)) found = true;
    return !isFunctionNode(at);
  });
  return found;
}

/** Whether the function around a write knows of draining in some way. */
function listensElsewhere(call: CallExpression): boolean {
  const stream = (unwrap(call.expression) as Node & { readonly expression?: Node }).expression?.getText() ?? '';
  // `pipeline(stream, target)` waits for what comes out of the stream, and not for what is written into it.
  const text = (enclosingFunction(call)?.getText() ?? '').replaceAll(`pipeline(${stream},`, '');
  return /drain|pipeline\(|highWaterMark|writableNeedDrain|writableLength|bufferedAmount/i.test(text);
}

/** `stream.write(x);` → `if (!stream.write(x)) await once(stream, 'drain');` */
function drainFix(call: CallExpression, stream: Node, ctx: Context): Fix | undefined {
  const at = unwrap(stream);
  const isPlain = isIdentifier(at) || isPropertyAccessExpression(at);
  if (!isPlain || !isCallExpression(call) || !awaitIsAllowed(call, ctx.file.allowsTopLevelAwait)) return undefined;
  const imported = ctx.fix.importing('node:events', 'once');
  const quote = /from "|require\("/.test(ctx.file.text) ? '"' : "'";
  return ctx.fix.choice(
    "Wait for 'drain' when it is full",
    imported.edits,
    ctx.fix.before(call, 'if (!'),
    ctx.fix.after(call, `) await ${imported.name}(${stream.getText()}, ${quote}drain${quote})`),
  );
}
