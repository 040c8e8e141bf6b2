import type { AsyncEntry } from '../facts/blocking/async-entry.ts';
import { calledFunction } from '../facts/blocking/blocking.ts';
import type { AwaitedTwin } from '../knowledge/blocking.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  enclosingFunction,
  isExpressionStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';

type FixTools = Pick<RuleContext, 'file' | 'types' | 'fix'>;

/**
 * The same work through a promise. Undefined where `await` may not stand, or where the promise's function would get
 * other arguments or give another value than the code there uses.
 */
export async function awaitedForm(
  call: CallExpression,
  twin: AwaitedTwin,
  entry: AsyncEntry,
  ctx: FixTools,
): Promise<Fix | undefined> {
  const room = roomForAwait(call, entry, ctx);
  if (!room || !(await takesSameArguments(call, ctx))) return undefined;
  const callee = unwrap(call.expression);
  if (callee !== calledFunction(call)) return undefined;
  const receiver = isPropertyAccessExpression(callee) ? callee.expression.getText() : undefined;
  const awaited = [...ctx.fix.awaiting(call), ...room];
  const title = (name: string): string => `Await \`${name}\` instead`;
  const calling = (name: string, shown: string, edits: readonly TextEdit[] = []): Fix =>
    ctx.fix.choice(title(shown), awaited, ctx.fix.replace(callee, name), edits);
  switch (twin.how) {
    case 'parent':
      return receiver === undefined ? undefined : calling(receiver, receiver);
    case 'promise': {
      const own = memberBeside(twin, receiver, ctx);
      if (own !== undefined) return calling(own, own);
      const imported = ctx.fix.importing(twin.module, twin.name, undefined, firstName(callee));
      return calling(imported.name, twin.name, imported.edits);
    }
    case 'promisify':
    case 'output': {
      if (twin.how === 'output' && !usesOnlyOutput(call)) return undefined;
      const promisify = ctx.fix.importing('node:util', 'promisify');
      const inner =
        receiver === undefined
          ? ctx.fix.importing(twin.module, twin.name, undefined, callee)
          : { name: `${receiver}.${twin.name}`, edits: [] };
      const takesOutput = twin.how === 'output' && !isExpressionStatement(wrapped(call).parent);
      if (takesOutput)
        return outputOf(call, `${promisify.name}(${inner.name})`, [...promisify.edits, ...inner.edits, ...room], ctx);
      return ctx.fix.choice(
        title(twin.name),
        awaited,
        promisify.edits,
        inner.edits,
        ctx.fix.replace(callee, `${promisify.name}(${inner.name})`),
      );
    }
  }
}

/** `fs` of `fs.promises.readFile`. */
function firstName(callee: Node): Node {
  let at = callee;
  while (isPropertyAccessExpression(at)) at = at.expression;
  return at;
}

/** The edits that make `await` possible around a call: none in an async function, `async` for a callback of a promise. */
function roomForAwait(call: CallExpression, entry: AsyncEntry, ctx: FixTools): readonly TextEdit[] | undefined {
  const fn = enclosingFunction(call);
  if (fn !== entry.fn || isInParameters(call, fn)) return undefined;
  if (awaitIsAllowed(call, false)) return [];
  // These wait for the promise that their callback gives.
  return entry.how === 'callback' && /^(?:then|catch|finally)$/.test(entry.by) ? ctx.fix.makeAsync(fn) : undefined;
}

function isInParameters(node: Node, fn: Node & { readonly parameters: readonly Node[] }): boolean {
  let at = node;
  while (at.parent && at.parent !== fn) at = at.parent;
  return fn.parameters.includes(at);
}

/** File descriptors and `throwIfNoEntry` mean something to the blocking functions only. */
async function takesSameArguments(call: CallExpression, { types }: FixTools): Promise<boolean> {
  const [first, ...others] = call.arguments;
  if (others.some((argument) => /\b(?:throwIfNoEntry|bigint)\b/.test(argument.getText()))) return false;
  if (!first || !/^(?:read|write|append)FileSync$/.test(lastName(call.expression) ?? '')) return true;
  const type = await types.typeOf(first);
  return !/\bnumber\b|^\d+$/.test(await type.text());
}

/** The twin as a member of what the blocking function is a member of, where it is one. */
function memberBeside(twin: AwaitedTwin, receiver: string | undefined, ctx: FixTools): string | undefined {
  if (receiver === undefined) return undefined;
  if (twin.module !== 'node:fs/promises') return `${receiver}.${twin.name}`;
  return ctx.file.text.includes(`${receiver}.promises.`) ? `${receiver}.promises.${twin.name}` : undefined;
}

/** `exec` gives texts and takes no `stdio`: the value must be unused, or a text already. */
function usesOnlyOutput(call: CallExpression): boolean {
  const options = call.arguments.at(-1);
  const literal = options && unwrap(options);
  const isKnown =
    call.arguments.length <= 1 ||
    (literal !== undefined &&
      (isObjectLiteralExpression(literal)
        ? hasPlainOptions(literal)
        : call.arguments.length === 2 && lastName(call.expression) === 'execFileSync'));
  if (!isKnown) return false;
  return isExpressionStatement(wrapped(call).parent) || isText(call);
}

function hasPlainOptions(options: Node & { readonly properties: readonly Node[] }): boolean {
  return options.properties.every(
    (property) =>
      (isPropertyAssignment(property) || isShorthandPropertyAssignment(property)) &&
      /^(?:cwd|encoding|env|maxBuffer|shell|timeout|windowsHide)$/.test(property.name.getText()),
  );
}

/** `execSync(c, { encoding: 'utf8' })` and `execSync(c).toString()`. */
function isText(call: CallExpression): boolean {
  return /\bencoding\s*:\s*['"]utf-?8['"]/.test(call.getText()) || textCall(call) !== undefined;
}

function textCall(call: CallExpression): CallExpression | undefined {
  const member = wrapped(call).parent;
  if (!member || !isPropertyAccessExpression(member) || member.name.text !== 'toString') return undefined;
  const outer = member.parent as CallExpression;
  const [encoding] = outer.arguments ?? [];
  return outer.expression === member && (!encoding || /^['"]utf-?8['"]$/.test(encoding.getText())) ? outer : undefined;
}

function outputOf(call: CallExpression, callee: string, edits: readonly TextEdit[], ctx: FixTools): Fix {
  const whole = textCall(call) ?? call;
  const args = ctx.file.text.slice(call.expression.end, call.end);
  return ctx.fix.choice('Await its output instead', ctx.fix.replace(whole, `(await ${callee}${args}).stdout`), edits);
}
