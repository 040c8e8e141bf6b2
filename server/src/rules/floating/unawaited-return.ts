import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import { flag } from '../../model/rule.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Cover, coverOf, relatedTo } from './unawaited-return/cover.ts';
import { isOfSafeType, isPromise, onlyRethrows, reportSynchronous } from './unawaited-return/synchronous.ts';

const options = {
  rethrown: flag(
    false,
    'Report, as information, also where the `catch` only throws the same error again, so that its caller sees no difference.',
    'strict',
  ),
};

type Context = RuleContext<string, typeof options>;

export const unawaitedReturn = defineRule({
  id: 'unawaited-return',
  family: 'floating',
  principle: 1,
  summary: 'A promise is returned without `await` from a scope whose handler or clean-up was meant to cover it',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['@typescript-eslint/return-await', 'typescript/return-await'],
  options,
  messages: {
    uncaught: {
      text: '`{name}` is returned without `await`: this `catch` never sees it reject',
      why: 'The function has left the `try` before the promise settles, so a rejection goes to the caller and the `catch` does not run.',
      help: 'Write `return await`, so that the promise settles inside the `try`.',
    },
    tooEarly: {
      text: '`{name}` is returned without `await`: `finally` runs before it has finished',
      why: 'The `finally` block runs as soon as the promise is returned, while the work behind it still goes on.',
      help: 'Write `return await`, so that the work ends before the `finally` block runs.',
    },
    disposed: {
      text: '`{name}` is returned without `await`: `{resource}` is disposed before it has finished',
      why: 'A `using` declaration ends with its scope, which the promise leaves while the work behind it still goes on.',
      help: 'Write `return await`, so that the work ends before the resource is disposed.',
    },
    neverCaught: {
      text: '`{name}` rejects later: this `catch` cannot catch it in a function that is not async',
      why: 'Only what is thrown before the promise is returned reaches this `catch`. The rejection comes later and goes to the caller.',
      help: 'Make the function async and write `return await`, or handle the rejection with `.catch`.',
    },
  },
  on: {
    async ReturnStatement(statement, ctx) {
      const fn = statement.expression && enclosingFunction(statement);
      // An async generator awaits what it returns by itself, inside the `try`.
      if (!statement.expression || !fn || isGenerator(fn)) return;
      const cover = coverOf(statement, fn);
      if (!cover) return;
      if (isDeliberate(statement, ctx))
        return ctx.silent(statement, 'the comment before it says that it is not to be awaited');
      if (!isAsyncFunction(fn)) return reportSynchronous(statement, fn, cover, ctx);
      await Promise.all(returnedArms(statement.expression).map((arm) => reportArm(arm, cover, ctx)));
    },
  },
});

async function reportArm(arm: Node, cover: Cover, ctx: Context): Promise<void> {
  if (isAwaitExpression(unwrap(arm))) return;
  if (isAwaitedBefore(arm)) return ctx.silent(arm, () => `\`${shortName(arm)}\` has been awaited before`);
  if (!(await isPromise(arm, ctx))) return;
  const onlyCatches = !cover.cleans && !cover.using;
  const isRethrown = onlyCatches && cover.catches !== undefined && onlyRethrows(cover.catches);
  if (isRethrown && !ctx.options.rethrown) return ctx.silent(arm, 'the `catch` only throws the same error again');
  if (await isOfSafeType(arm, ctx))
    return ctx.silent(arm, () => `\`${shortName(arm)}\` has a type that needs nobody to handle it`);
  if (onlyCatches && isHandledElsewhere(arm, cover))
    return ctx.silent(arm, () => `\`${shortName(arm)}\` brings no rejection that this \`catch\` would miss`);
  if (onlyCatches && isFallback(arm, cover)) return ctx.silent(arm, 'the `catch` would return the very same promise');
  if (onlyCatches && (await ctx.facts.neverRejects(arm)))
    return ctx.silent(arm, () => `\`${shortName(arm)}\` never rejects, so the \`catch\` has nothing to catch`);
  const same = sameReturns(arm, cover);
  if (same[0] !== arm) return ctx.silent(arm, 'the same return stands further up in this `try`');
  const key = cover.catches ? 'uncaught' : cover.cleans ? 'tooEarly' : 'disposed';
  ctx.report(key, namingSpan(arm), {
    data: { name: shortName(arm), resource: cover.using?.name ?? '' },
    related: relatedTo(key, cover, ctx),
    ...(isRethrown && { severity: 'information' }),
    fixes: () => [
      ctx.fix.choice(
        'Await it before returning',
        same.flatMap((each) => ctx.fix.awaiting(each)),
      ),
    ],
  });
}

/** A `try` that leaves in many places by the same call, such as `return abort()`, has one problem; of two, each is one. */
function sameReturns(arm: Node, { catches }: Cover): readonly Node[] {
  if (!catches || !isReturnStatement(arm.parent)) return [arm];
  const found: Node[] = [];
  walkBody(catches.tryBlock, (node) => {
    if (isReturnStatement(node) && node.expression?.getText() === arm.getText()) found.push(node.expression);
  });
  return found.length > 2 ? found : [arm];
}

/** Somebody has written beside the statement that the promise is not to be awaited. */
function isDeliberate(statement: Node, ctx: RuleContext): boolean {
  return /\bawait/i.test(ctx.file.text.slice(statement.pos, statement.getStart()));
}

/** `await done; return done;`: the promise has settled. */
function isAwaitedBefore(arm: Node): boolean {
  const name = unwrap(arm);
  if (!isIdentifier(name)) return false;
  for (let at: Node = arm; at.parent && !isFunctionNode(at); at = at.parent) {
    const { statements = [] } = at.parent as { readonly statements?: readonly Node[] };
    for (const before of statements.slice(0, statements.indexOf(at))) {
      const awaited = isExpressionStatement(before) ? unwrap(before.expression) : undefined;
      if (awaited && isAwaitExpression(awaited) && awaited.expression.getText() === name.text) return true;
    }
  }
  return false;
}

/** The values that the statement may return: both arms of `?:`. Behind `&&`, `||` and `??` a value may be meant. */
function returnedArms(expression: Node): readonly Node[] {
  const at = unwrap(expression);
  return isConditionalExpression(at) ? [...returnedArms(at.whenTrue), ...returnedArms(at.whenFalse)] : [expression];
}

/** A call of the function itself goes through the same `catch`, and an executor that cannot reject makes no rejection. */
function isHandledElsewhere(arm: Node, { catches }: Cover): boolean {
  const value = unwrap(arm);
  if (isNewExpression(value)) {
    const executor = value.arguments?.[0] && unwrap(value.arguments[0]);
    return (
      executor !== undefined && isFunctionNode(executor) && !isAsyncFunction(executor) && executor.parameters.length < 2
    );
  }
  if (!isCallExpression(value)) return false;
  for (let fn = catches && enclosingFunction(catches); fn; fn = enclosingFunction(fn))
    if (calls(value, fn)) return true;
  return false;
}

/** Whether a call names the function by which it is contained. */
function calls(call: CallExpression, fn: FunctionNode): boolean {
  const name = (fn as { readonly name?: Node }).name?.getText();
  const callee = unwrap(call.expression);
  if (isIdentifier(callee))
    return isFunctionDeclaration(fn) ? callee.text === name : isOfSameName(callee.text, fn.parent);
  if (!isPropertyAccessExpression(callee) || callee.expression.kind !== SyntaxKind.ThisKeyword) return false;
  return isMethodDeclaration(fn) && callee.name.text === name;
}

/** `const attempt = async () => …`, which calls itself by that name. */
function isOfSameName(name: string, holder: Node): boolean {
  return isVariableDeclaration(holder) && isIdentifier(holder.name) && holder.name.text === name;
}

/** The `catch` would go on with the very same promise, or make the very same call. */
function isFallback(arm: Node, { catches }: Cover): boolean {
  const last = catches?.catchClause?.block.statements.at(-1);
  const value = unwrap(arm);
  return (
    (isIdentifier(value) || isCallExpression(value)) &&
    last !== undefined &&
    isReturnStatement(last) &&
    last.expression?.getText() === arm.getText()
  );
}
