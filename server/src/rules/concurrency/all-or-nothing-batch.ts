import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { fanOutOf } from '../../facts/overlap/fan-out.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  calleeName,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isMethodSignatureDeclaration,
  isPropertyAccessExpression,
  lastName,
  type Node,
  unwrap,
  type VariableDeclaration,
  walkBody,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { settleFix } from './all-or-nothing-batch/fixes.ts';
import { type Batch, batchOf } from './all-or-nothing-batch/results.ts';

const messages = {
  oneForAll: {
    text: 'When one of `{list}` fails, the results of all others are lost',
    why: 'The results are used one by one, but `Promise.all` gives none of them when one rejects. The others have been started and run on, unseen.',
    help: 'Use `Promise.allSettled`, and look at each result.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: only where each result is used for itself; who adds up all of them, or gives them back, needs all. */
export const allOrNothingBatch = defineRule({
  id: 'all-or-nothing-batch',
  family: 'concurrency',
  principle: 5,
  summary: 'One rejection loses the results of a whole batch, although they are used one by one',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    VariableDeclaration(declaration, ctx) {
      if (ctx.file.isTest || !declaration.initializer) return undefined;
      const batch = batchOf(declaration as VariableDeclaration);
      return batch && check(batch, ctx);
    },
  },
});

async function check(batch: Batch, ctx: Context): Promise<void> {
  const { combined } = batch;
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(combined)) return;
  const found = fanOutOf(combined);
  if (!found) return;
  const body = await bodyOf(found.work, ctx);
  if (handlesItsErrors(body)) return ctx.silent(combined, 'each element handles its own failure');
  const [list] = combined.arguments;
  const [never, effect, uses] = await Promise.all([
    list ? ctx.facts.noneRejects(list) : true,
    ctx.facts.independence.effectOf(body),
    Promise.all(batch.uses.map((use) => ctx.facts.independence.effectOf(use))),
  ]);
  if (never) return ctx.silent(combined, 'none of them rejects');
  const leaves = effect.reachesOut || (await asksOthers(body, ctx));
  if (!leaves) return ctx.silent(combined, 'nothing is known to leave the program');
  // Who waits for something with each result, or prints it, uses it for itself.
  const tells = batch.uses.some((use) =>
    /\bawait\b|\b(?:console|log|logger)\.\w+\(|\.(?:innerHTML|textContent) =/.test(use.getText()),
  );
  const isPerName = batch.uses.some((use) => keepsByName(use, found.list));
  if (!tells && !isPerName && !uses.some(({ level }) => level === 'changes' || level === 'unknown'))
    return ctx.silent(combined, 'the results are put together, so that all of them are needed');
  ctx.report('oneForAll', calleeName(combined), {
    data: { list: shortName(found.list).replaceAll('`', "'") },
    fixes: () => [settleFix(batch, ctx)],
  });
}

/** `board[services[index].name] = state`: each result has a place of its own, named by its element. */
function keepsByName(use: Node, list: Node): boolean {
  const at = unwrap(list);
  if (!isIdentifier(at)) return false;
  const { text } = at;
  return new RegExp(`\\w\\[${text}\\[\\w+\\]!?\\.\\w+\\] = `).test(use.getText());
}

/** `service.health()`: a method of the element that gives a promise, and that only an interface of the project declares. */
async function asksOthers(body: Node, ctx: Context): Promise<boolean> {
  const call = unwrap(body);
  const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!callee || !isPropertyAccessExpression(callee) || !isIdentifier(unwrap(callee.expression))) return false;
  const declarations = await ctx.types.declarationsOf(callee.name);
  return declarations.length > 0 && declarations.every(isMethodSignatureDeclaration);
}

/** What is done for each element: the body of the function that is written there, or of the one that is named. */
async function bodyOf(work: Node, ctx: Context): Promise<Node> {
  const at = unwrap(work);
  const fn = isFunctionNode(at) ? at : (await ctx.types.functionsOf(at))[0];
  return fn?.body ?? at;
}

/** Whether the work has a `catch` around what it does, or a handler at its end. */
function handlesItsErrors(body: Node): boolean {
  let found = false;
  walkBody(body, (node) => {
    const { catchClause } = node as { readonly catchClause?: Node };
    if (catchClause) found = true;
    if (isCallExpression(node)) {
      const callee = unwrap(node.expression);
      if (isPropertyAccessExpression(callee) && lastName(callee) === 'catch' && !isIdentifier(callee.expression))
        found = true;
    }
    return true;
  });
  return found;
}
