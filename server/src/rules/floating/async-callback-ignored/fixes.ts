import { shortName } from '../../../facts/promises/dropped-name.ts';
import { returnedExpressions } from '../../../facts/promises/outcome.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  hasModifier,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isIdentifier,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { Callback } from './callback.ts';
import { awaitedAccumulator, awaitedPredicate, loopFixes } from './collection-fixes.ts';
import { waitsForNothing } from './methods.ts';
import { indentAt, indented, wrapInTry } from './wrap.ts';

/** What can be done about a callback, the most fitting first. */
export async function callbackFixes(
  key: string,
  callback: Callback,
  ctx: RuleContext,
): Promise<readonly (Fix | undefined)[]> {
  switch (key) {
    case 'iteration':
      return loopFixes(callback, ctx);
    case 'predicate':
      return [awaitedPredicate(callback, ctx)];
    case 'accumulator':
      return [awaitedAccumulator(callback, ctx)];
    case 'effect':
      return [innerFunction(callback, ctx)];
    case 'suite':
      return [withoutAsync(callback, ctx)];
    case 'comparator':
    case 'value':
      return [];
    default:
      return [await handled(callback, ctx), await caughtCall(callback, ctx)];
  }
}

/** Puts the body of an async function into `try`, with a `catch` that reports. */
async function handled({ literal, functions, node }: Callback, ctx: RuleContext): Promise<Fix | undefined> {
  const fn = literal ?? (functions[0] === node ? functions[0] : undefined);
  if (!fn || !isAsyncFunction(fn) || !fn.body || !isVoidPromise(fn.type)) return undefined;
  const next = literal?.parameters[2]?.name;
  const handling =
    literal && next && isIdentifier(next) && next.text === 'next' ? 'next(error);' : 'console.error(error);';
  // A promise that is returned from a `try` without `await` is not covered by it.
  const returned = returnedExpressions(fn).filter(
    (value) => isBlock(fn.body as Node) && !isAwaitExpression(unwrap(value)),
  );
  const answers = await Promise.all(returned.map((value) => ctx.types.thenability(value)));
  const awaited = returned
    .filter((_, index) => answers[index]?.extent !== 'none')
    .flatMap((value) => ctx.fix.awaiting(value));
  const wrapping = wrapInTry(fn, handling, ctx);
  return wrapping && ctx.fix.choice('Catch errors inside the function', wrapping, awaited);
}

function isVoidPromise(type: Node | undefined): boolean {
  return type === undefined || /^Promise<\s*(?:void|unknown|any|undefined)\s*>$/.test(type.getText());
}

/** `() => save()` → `() => void save().catch(…)`, and `save` alone where a timer calls it. */
async function caughtCall({ literal, functions, node }: Callback, ctx: RuleContext): Promise<Fix | undefined> {
  const handler = ctx.file.isJavaScript
    ? '(error) => console.error(error)'
    : '(error: unknown) => console.error(error)';
  if (literal) {
    if (
      !isArrowFunction(literal) ||
      isAsyncFunction(literal) ||
      isBlock(literal.body) ||
      !isCallExpression(literal.body) ||
      literal.type
    )
      return undefined;
    const { isPromise, extent, nullish } = await ctx.types.thenability(literal.body);
    if (!isPromise || extent !== 'all' || nullish) return undefined;
    // A wrapper that passes the callback on may itself want the promise.
    const wanted = await Promise.all(
      ((await (await ctx.types.expectedType(literal))?.returnTypes()) ?? []).map((type) => type.thenability()),
    );
    if (wanted.some((type) => type.extent === 'all')) return undefined;
    return ctx.fix.choice(
      `Handle the rejection of \`${shortName(literal.body)}\``,
      ctx.fix.before(literal.body, 'void '),
      ctx.fix.after(literal.body, `.catch(${handler})`),
    );
  }
  const [fn] = functions;
  if (!fn || functions.length > 1 || !isIdentifier(node) || fn.parameters.length > 0 || !isAsyncFunction(fn))
    return undefined;
  const call = wrapped(node).parent;
  if (
    !isCallExpression(call) ||
    !/^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask)$/.test(call.expression.getText())
  )
    return undefined;
  return ctx.fix.choice(
    `Handle the rejection of \`${node.text}()\``,
    ctx.fix.replace(node, `() => void ${node.text}().catch(${handler})`),
  );
}

/** Moves an async effect's body into a function of its own, which is called at once. */
function innerFunction({ literal }: Callback, ctx: RuleContext): Fix | undefined {
  if (
    !literal ||
    !isArrowFunction(literal) ||
    !isAsyncFunction(literal) ||
    literal.parameters.length > 0 ||
    !isBlock(literal.body)
  )
    return undefined;
  // What the effect returned was never its clean-up; only the author knows what it is to become.
  if (returnedExpressions(literal).length > 0) return undefined;
  const { body } = literal;
  const { fix, file } = ctx;
  const indent = indentAt(file.text, body.end - 1);
  const [first] = body.statements;
  if (!first) return undefined;
  const inner = indentAt(file.text, first.getStart());
  const unit = inner.startsWith(indent) && inner.length > indent.length ? inner.slice(indent.length) : '  ';
  return fix.choice(
    'Call an async function inside the effect',
    fix.replace({ start: literal.getStart(), end: body.getStart() }, `() => {\n${indent}${unit}void (async () => `),
    indented(body, body.getStart() + 1, body.end - 1, unit, ctx),
    // The closing brace stands on a line of its own where the body has several.
    fix.insert(body.end - 1, file.text.slice(body.getStart(), body.end).includes('\n') ? unit : ''),
    fix.insert(body.end, `)();\n${indent}}`),
  );
}

function withoutAsync({ literal }: Callback, ctx: RuleContext): Fix | undefined {
  if (!literal || !hasModifier(literal, SyntaxKind.AsyncKeyword) || !waitsForNothing(literal) || literal.type)
    return undefined;
  const keyword = literal.modifiers?.find(({ kind }) => kind === SyntaxKind.AsyncKeyword);
  if (!keyword) return undefined;
  const { start } = spanOf(keyword);
  const { text } = ctx.file;
  const after = /\s/.test(text[keyword.end] ?? '') ? keyword.end + 1 : keyword.end;
  return ctx.fix.choice('Make the callback synchronous', ctx.fix.remove({ start, end: after }));
}
