import { clauseFixes, handlerFixes, listenerFixes } from '../../engine/rejection-fixes.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { list } from '../../model/rule.ts';
import {
  type CatchClause,
  isArrowFunction,
  isBlock,
  isForOfStatement,
  isFunctionNode,
  type Node,
  type TryStatement,
  unwrap,
} from '../../typescript/ast.ts';
import { type ChainCall, chainCall, chainOf, handlesRejection } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { together } from '../together.ts';
import { answerOfBlock, answerOfHandler, hidesFailure } from './swallowed-rejection/answer.ts';
import { commentNear, isExplained } from './swallowed-rejection/explained.ts';
import { globalHandler } from './swallowed-rejection/global-handler.ts';
import { dealsWithItsErrors, handsOutKept } from './swallowed-rejection/own-handling.ts';
import { reportSettled } from './swallowed-rejection/settled.ts';
import { awaitedWork, givesAnswer, harmlessBecause, isReading, startsElsewhere } from './swallowed-rejection/work.ts';

export const swallowedRejection = defineRule({
  id: 'swallowed-rejection',
  family: 'floating',
  principle: 1,
  summary: 'A rejection is caught and disappears: nobody logs it, uses it or says why it does not matter',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [
    'no-empty',
    'no-empty-function',
    '@typescript-eslint/no-empty-function',
    'eslint/no-empty',
    'eslint/no-empty-function',
    'typescript/no-empty-function',
    'sonarjs/no-ignored-exceptions',
    'biome:noEmptyBlockStatements',
  ],
  options: {
    bestEffort: list([], 'Functions whose failure never matters, by name, such as `sendHeartbeat`.'),
  },
  messages: {
    emptyHandler: {
      text: '`{name}` may reject, and this handler drops the error',
      why: 'The work may have failed, and neither the program nor a log will ever tell. What follows goes on as if it had been done.',
      help: 'Log the error, let it pass on, or say in a comment why it does not matter.',
    },
    emptyCatch: {
      text: 'This empty `catch` drops the error of `{name}`',
      why: 'The work may have failed, and neither the program nor a log will ever tell. What follows goes on as if it had been done.',
      help: 'Log the error, rethrow it, or say in a comment why it does not matter.',
    },
    hiddenFailure: {
      text: 'When `{name}` fails, nobody is told: the answer looks like success',
      why: 'The work changes something. Whoever asked for it gets an answer that does not tell failure from success, and the error is gone.',
      help: 'Log the error, rethrow it, or give an answer that says that the work has failed.',
    },
    ignoredResults: {
      text: 'Nobody looks at what `Promise.allSettled` gives: rejections disappear',
      why: '`Promise.allSettled` never rejects. It puts each error into its result, and this result is not used.',
      help: 'Look at the results with `status` rejected, or use `Promise.all`.',
    },
    uncheckedValue: {
      text: '`{name}` is undefined where a promise was rejected: nothing looks at `status`',
      why: '`Promise.allSettled` never rejects. A result has a `value` only if its `status` is `fulfilled`; otherwise the error lies in `reason`, and nobody looks at it.',
      help: 'Ask for `status` first, and decide what to do with each `reason`.',
    },
    emptyGlobalHandler: {
      text: 'This handler hides every rejection that nobody else handles',
      why: 'With it, a forgotten `await` or a missing handler anywhere in the program leaves no trace: the process neither ends nor says anything.',
      help: 'Log the reason at least.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      // Tests wait for failures, provoke them, and tidy up after them.
      if (ctx.file.isTest) return undefined;
      const link = chainCall(call);
      return together([
        link?.call === call ? reportHandler(link, ctx) : undefined,
        reportSettled(call, ctx),
        reportGlobal(call, ctx),
      ]);
    },
    BinaryExpression(assignment, ctx) {
      return ctx.file.isTest ? undefined : reportGlobal(assignment, ctx);
    },
    CatchClause(clause, ctx) {
      return ctx.file.isTest ? undefined : reportClause(clause, ctx);
    },
  },
});

function reportHandler(link: ChainCall, ctx: RuleContext): Promise<void> | undefined {
  const index = link.method === 'catch' ? 0 : link.method === 'then' ? 1 : undefined;
  const handler = index === undefined ? undefined : link.args[index];
  const answer = handler && answerOfHandler(handler);
  return answer && judgeHandler(link, handler, answer, ctx);
}

async function judgeHandler(
  link: ChainCall,
  handler: Node,
  answer: NonNullable<ReturnType<typeof answerOfHandler>>,
  ctx: RuleContext,
): Promise<void> {
  if (answer.kind === 'unknown' && !(await answer.isEmpty(ctx))) return;
  const { start, links } = chainOf(link.receiver);
  // A link before this one has dealt with the rejection already.
  if (links.some(handlesRejection) || isExplained(link.call, link.name.end, ctx)) return;
  if (startsElsewhere(start)) return ctx.silent(link.name, 'others hold this promise and hear of its rejection');
  const reason = harmlessBecause(start, link.call, ctx);
  if (reason !== undefined) return ctx.silent(link.name, reason);
  const { extent, thenables } = await ctx.types.thenability(link.receiver);
  if (extent === 'none') return;
  const isHidden = await hidesFailure(answer, link.call, start, thenables);
  if (isHidden === undefined) return;
  // What only the callbacks in between can do is not the work's failure.
  const isTail = links.every(({ method }) => method === 'finally') && (await ctx.facts.neverRejects(start));
  if (isTail || (await ctx.facts.neverRejects(link.receiver))) return ctx.silent(link.name, 'it never rejects');
  const kept = await Promise.all([start, ...links.map(lastWork)].map((work) => work && handsOutKept(work, ctx)));
  if (kept.includes(true)) return ctx.silent(link.name, 'others hold this promise and hear of its rejection');
  if (await dealsWithItsErrors(link.receiver, ctx)) return ctx.silent(link.name, 'its errors are handled inside');
  ctx.report(isHidden ? 'hiddenFailure' : 'emptyHandler', link.name, {
    data: { name: shortName(start) },
    fixes: () => (holdsComment(handler) ? [] : handlerFixes(link, handler, ctx)),
  });
}

/** A note in what is to be replaced would be lost. */
function holdsComment(node: Node): boolean {
  return /\/\/|\/\*/.test(node.getText());
}

/** What an arrow function in a chain goes on with: `() => this.load()`. */
function lastWork({ args }: ChainCall): Node | undefined {
  const callback = args[0] && unwrap(args[0]);
  return callback && isArrowFunction(callback) && !isBlock(callback.body) ? callback.body : undefined;
}

async function reportClause(clause: CatchClause, ctx: RuleContext): Promise<void> {
  const answer = answerOfBlock(clause.block);
  const statement = clause.parent as TryStatement;
  const works = answer ? awaitedWork(statement.tryBlock) : [];
  if (!answer || works.length === 0 || isExplained(statement, clause.getStart(), ctx)) return;
  const reasons = works.map((work) => harmlessBecause(work, clause, ctx));
  const isFallback = givesAnswer(statement.tryBlock);
  const open = works.filter((work, index) => reasons[index] === undefined && !(isFallback && isReading(work)));
  if (open.length === 0) return ctx.silent(clause, reasons[0] ?? 'what follows goes on without the value');
  const verdicts = await Promise.all(
    open.map(async (work) => {
      const isHidden = await hidesFailure(answer, clause, work, []);
      if (isHidden === undefined) return undefined;
      if (!isForOfStatement(work.parent) && (await ctx.facts.neverRejects(work))) return undefined;
      return (await dealsWithItsErrors(work, ctx)) ? undefined : { work, isHidden };
    }),
  );
  const found = verdicts.find((verdict) => verdict !== undefined);
  if (!found) return;
  const start = clause.getStart();
  ctx.report(
    found.isHidden ? 'hiddenFailure' : 'emptyCatch',
    { start, end: start + 'catch'.length },
    {
      data: { name: shortName(found.work) },
      fixes: () => (holdsComment(clause) ? [] : clauseFixes(clause, ctx)),
    },
  );
}

function reportGlobal(node: Node, ctx: RuleContext): Promise<void> | undefined {
  const found = globalHandler(node);
  if (!found || commentNear(node, found.handler.getStart(), ctx)) return undefined;
  const fn = unwrap(found.handler);
  ctx.report('emptyGlobalHandler', found.name, {
    fixes: () => (isFunctionNode(fn) ? listenerFixes(fn, found.takesEvent, ctx) : []),
  });
  return undefined;
}
