import { namingSpan, shortName } from '../../facts/dropped-name.ts';
import type { Related } from '../../model/finding.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isThrowStatement,
  isTryStatement,
  isVariableStatement,
  type Node,
  type ReturnStatement,
  SyntaxKind,
  spanOf,
  type TryStatement,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { chainOf, handlesRejection, isUsing } from '../../typescript/promise-syntax.ts';
import type { RuleContext } from '../define.ts';
import { defineRule } from '../define.ts';

export const unawaitedReturn = defineRule({
  id: 'unawaited-return',
  family: 'floating',
  principle: 1,
  summary: 'A promise is returned without `await` from a scope whose handler or clean-up was meant to cover it',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['@typescript-eslint/return-await', 'typescript/return-await'],
  options: {},
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
      if (!cover || isDeliberate(statement, ctx)) return;
      if (!isAsyncFunction(fn)) return reportSynchronous(statement, fn, cover, ctx);
      await Promise.all(returnedArms(statement.expression).map((arm) => reportArm(arm, cover, ctx)));
    },
  },
});

/** What would still act on the promise if it settled inside the function. */
interface Cover {
  readonly catches: TryStatement | undefined;
  readonly cleans: TryStatement | undefined;
  readonly using: { readonly name: string; readonly at: Node } | undefined;
}

async function reportArm(arm: Node, cover: Cover, ctx: RuleContext): Promise<void> {
  if (isAwaitExpression(unwrap(arm)) || isAwaitedBefore(arm) || !(await isPromise(arm, ctx))) return;
  const onlyCatches = !cover.cleans && !cover.using;
  if (onlyCatches && (isHandledElsewhere(arm, cover) || (await ctx.facts.neverRejects(arm)))) return;
  const key = cover.catches ? 'uncaught' : cover.cleans ? 'tooEarly' : 'disposed';
  ctx.report(key, namingSpan(arm), {
    data: { name: shortName(arm), resource: cover.using?.name ?? '' },
    related: relatedTo(key, cover, ctx),
    fixes: () => [ctx.fix.choice('Await it before returning', ctx.fix.awaiting(arm))],
  });
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
  const fn = catches && enclosingFunction(catches);
  const name = (fn as { readonly name?: Node } | undefined)?.name?.getText();
  if (!isCallExpression(value) || name === undefined) return false;
  const callee = unwrap(value.expression);
  if (isIdentifier(callee)) return isFunctionDeclaration(fn as Node) && callee.text === name;
  return (
    isPropertyAccessExpression(callee) && callee.expression.kind === SyntaxKind.ThisKeyword && callee.name.text === name
  );
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

/** Where the type is unknown, definitions in the project decide. */
async function isPromise(node: Node, ctx: RuleContext): Promise<boolean> {
  const { extent } = await ctx.types.thenability(node);
  if (extent === 'all' || extent === 'some') return true;
  const call = unwrap(node);
  return extent === 'unknown' && isCallExpression(call) && (await ctx.facts.outcomeOf(call)) === 'promise';
}

/**
 * In a function that is not async, a `catch` may well be there for what is thrown synchronously. It is pointless only where
 * nothing but the promise can fail, and the promise comes from something that never throws itself.
 */
async function reportSynchronous(
  statement: ReturnStatement,
  fn: FunctionNode,
  { catches }: Cover,
  ctx: RuleContext,
): Promise<void> {
  const returned = statement.expression;
  if (!catches?.catchClause || !returned || onlyRethrows(catches)) return;
  const { start, links } = chainOf(returned);
  if (
    !isCallExpression(start) ||
    links.some(handlesRejection) ||
    mayThrowBesides(
      catches.tryBlock,
      start,
      links.map(({ call }) => call),
    )
  )
    return;
  if (
    !(await isPromise(returned, ctx)) ||
    !(await rejectsInsteadOfThrowing(start, ctx)) ||
    (await ctx.facts.neverRejects(returned))
  )
    return;
  ctx.report('neverCaught', namingSpan(start), {
    data: { name: shortName(start) },
    related: relatedTo('neverCaught', { catches, cleans: undefined, using: undefined }, ctx),
    fixes: () => {
      const makeAsync = ctx.fix.makeAsync(fn);
      return [
        makeAsync &&
          ctx.fix.choice('Make the function async and await the promise', makeAsync, ctx.fix.awaiting(returned)),
      ];
    },
  });
}

/** Async functions of the project, `import()`, and what the language and packages declare to return a promise. */
async function rejectsInsteadOfThrowing(call: CallExpression, ctx: RuleContext): Promise<boolean> {
  if (call.expression.kind === SyntaxKind.ImportKeyword) return true;
  const called = await ctx.facts.calledFunctions(call);
  if (called.length > 0) return called.every((fn) => isAsyncFunction(fn) && !isGenerator(fn));
  const symbol = await ctx.types.symbolOf(call.expression);
  return symbol?.declaredIn !== undefined && symbol.declaredIn.from !== 'project';
}

/** Whether anything in the block but the call itself, and the links of its chain, can throw. */
function mayThrowBesides(block: Node, call: Node, links: readonly Node[]): boolean {
  let found = false;
  walkBody(block, (node) => {
    if (isFunctionNode(node)) return false;
    switch (node.kind) {
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression:
      case SyntaxKind.TaggedTemplateExpression:
      case SyntaxKind.ThrowStatement:
      case SyntaxKind.SpreadElement:
      case SyntaxKind.SpreadAssignment:
      case SyntaxKind.ForOfStatement:
      case SyntaxKind.NonNullExpression:
      case SyntaxKind.ObjectBindingPattern:
      case SyntaxKind.ArrayBindingPattern:
        found ||= node !== call && !links.includes(node);
        return !found;
      default:
        return !found;
    }
  });
  return found;
}

/** A `catch` that passes the same error on handles nothing, so nothing is missed. */
function onlyRethrows({ catchClause }: TryStatement): boolean {
  const [first] = catchClause?.block.statements ?? [];
  const name = catchClause?.variableDeclaration?.name;
  return (
    first !== undefined &&
    isThrowStatement(first) &&
    name !== undefined &&
    isIdentifier(name) &&
    first.expression.getText() === name.text
  );
}

/** Looks outwards from the return to the function's end. */
function coverOf(statement: ReturnStatement, fn: FunctionNode): Cover | undefined {
  let catches: TryStatement | undefined;
  let cleans: TryStatement | undefined;
  let using: Cover['using'];
  for (let at: Node = statement; at !== fn; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && at !== parent.finallyBlock) {
      if (at === parent.tryBlock && parent.catchClause) catches ??= parent;
      if (parent.finallyBlock) cleans ??= parent;
    }
    using ??= usingBefore(at);
  }
  return catches || cleans || using ? { catches, cleans, using } : undefined;
}

/** A `using` or `await using` declaration among the statements before this one. */
function usingBefore(statement: Node): Cover['using'] {
  const { parent } = statement;
  if (isForOfWithUsing(parent) && statement === parent.statement)
    return { name: parent.initializer.getText().replace(/^(?:await\s+)?using\s+/, ''), at: parent.initializer };
  const { statements } = parent as { readonly statements?: readonly Node[] };
  if (
    !statements ||
    !(isBlock(parent) || parent.kind === SyntaxKind.CaseClause || parent.kind === SyntaxKind.DefaultClause)
  )
    return undefined;
  for (const before of statements) {
    if (before === statement) return undefined;
    if (!isVariableStatement(before) || !isUsing(before.declarationList)) continue;
    const [declaration] = before.declarationList.declarations;
    if (declaration) return { name: declaration.name.getText(), at: declaration };
  }
  return undefined;
}

function isForOfWithUsing(node: Node): node is Node & { readonly initializer: Node; readonly statement: Node } {
  return (
    node.kind === SyntaxKind.ForOfStatement && isUsing((node as Node & { readonly initializer: Node }).initializer)
  );
}

/** The values that the statement may return: both arms of `?:`. Behind `&&`, `||` and `??` a value may be meant. */
function returnedArms(expression: Node): readonly Node[] {
  const at = unwrap(expression);
  return isConditionalExpression(at) ? [...returnedArms(at.whenTrue), ...returnedArms(at.whenFalse)] : [expression];
}

function relatedTo(key: string, cover: Cover, ctx: RuleContext): readonly Related[] {
  const keyword = (at: Node, length: number, message: string): Related => {
    const { start } = spanOf(at);
    return { file: ctx.file.path, span: { start, end: start + length }, message };
  };
  if (key === 'disposed')
    return cover.using
      ? [{ file: ctx.file.path, span: spanOf(cover.using.at), message: 'is disposed when this scope ends' }]
      : [];
  if (key === 'tooEarly') return cover.cleans?.finallyBlock ? [finallyKeyword(cover.cleans, ctx)] : [];
  return cover.catches?.catchClause
    ? [keyword(cover.catches.catchClause, 'catch'.length, 'handles only what is thrown before the return')]
    : [];
}

function finallyKeyword(statement: TryStatement, ctx: RuleContext): Related {
  const start = ctx.file.text.lastIndexOf('finally', statement.finallyBlock?.getStart());
  return {
    file: ctx.file.path,
    span: { start, end: start + 'finally'.length },
    message: 'runs as soon as the promise is returned',
  };
}
