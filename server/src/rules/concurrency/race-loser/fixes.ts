import { fileStyle, indentAt } from '../../../engine/fixing/file-style.ts';
import { freeName } from '../../../engine/fixing/names.ts';
import { listAround } from '../../../engine/fixing/try-finally.ts';
import { passSignal } from '../../../engine/signal-fixes.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  type CallExpression,
  enclosingFunction,
  isArrowFunction,
  isBlock,
  type Node,
} from '../../../typescript/ast.ts';
import type { Context, Loser } from '../race-loser.ts';

/** Gives the losers the signal of a controller of their own, and aborts it when the race is over. */
export async function abortLosers(
  race: CallExpression,
  losers: readonly Loser[],
  ctx: Context,
): Promise<Fix | undefined> {
  const statement = firstOf([race, ...losers.map(({ call }) => call)].map(statementAround));
  if (!statement || losers.some(({ place }) => place.type !== 'AbortSignal')) return undefined;
  // The signal of a fetch covers its body too, which is read when the race is over.
  if ((await Promise.all(losers.map(({ call }) => givesMore(call, ctx)))).includes(true)) return undefined;
  const name = freeName(ctx.file.sourceFile, 'controller');
  const signal = { text: `${name}.signal`, view: undefined, isOptional: false };
  const edits = await Promise.all(losers.map(({ call, place }) => passSignal(call, place, signal, ctx)));
  if (edits.includes(undefined)) return undefined;
  const { semicolon, lineBreak } = fileStyle(ctx.file.sourceFile);
  const indent = indentAt(ctx.file.text, statement.getStart());
  return ctx.fix.choice(
    'Abort the losers when the race is over',
    ctx.fix.before(statement, `const ${name} = new AbortController()${semicolon}${lineBreak}${indent}`),
    edits.flatMap((edit) => edit ?? ([] as readonly TextEdit[])),
    ctx.fix.after(race, `.finally(() => ${name}.abort())`),
  );
}

/** Whether what a call gives goes on under the call's signal: a response with a body, a stream. */
async function givesMore(call: CallExpression, ctx: Context): Promise<boolean> {
  const { thenables } = await (await ctx.types.typeOf(call)).thenability();
  const values = await Promise.all(thenables.map((thenable) => thenable.typeArguments()));
  const answers = await Promise.all(
    values.flat().map(async (value) => {
      const members = await Promise.all(['body', 'pipe', 'getReader'].map((name) => value.property(name)));
      return members.some((member) => member !== undefined) || value.hasWellKnown('asyncIterator');
    }),
  );
  return answers.includes(true);
}

/** The first of some statements of one list; undefined where they stand in several, or in none. */
function firstOf(statements: readonly (Node | undefined)[]): Node | undefined {
  const [first, ...others] = statements;
  if (!first || others.some((other) => other?.parent !== first.parent)) return undefined;
  return statements.reduce((a, b) => (a && b && b.pos < a.pos ? b : a));
}

function statementAround(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (listAround(at)) return at;
    // The body of a short arrow function has no room for another statement.
    if (isArrowFunction(at) && !isBlock(at.body)) return undefined;
    if (at === enclosingFunction(node)) return undefined;
  }
  return undefined;
}
