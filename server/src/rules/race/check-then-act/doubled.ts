import { mutexFix } from '../../../engine/mutex-fix.ts';
import { storePromiseFix } from '../../../engine/race-fixes.ts';
import type { CheckedWrite } from '../../../facts/shared/checked-writes.ts';
import type { Concurrency } from '../../../facts/shared/concurrency.ts';
import { holdsAwait } from '../../../facts/shared/fallbacks.ts';
import { type Event, interleavingOf, numbered, waitText } from '../../../facts/shared/interleaving.ts';
import { isUnlikely } from '../../../facts/shared/likelihood.ts';
import { shortText } from '../../../facts/shared/places.ts';
import { stepsOfAccess } from '../../../facts/shared/steps.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { type Context, targetOf } from './context.ts';

/**
 * Reports a write that two calls come to by the same check.
 * @param isOnly whether it is the only one behind the check, so that a promise in its place mends it
 */
export function reportDoubled(
  fn: FunctionNode,
  race: CheckedWrite,
  concurrency: Concurrency,
  isOnly: boolean,
  ctx: Context,
): void {
  const where = targetOf(race.write.node);
  const { place } = race.write;
  const file = ctx.file.path;
  const words = wordsFor(race, concurrency);
  const at = suspended(race);
  ctx.report(words.key, where, {
    data: words.data,
    ...((isUnlikely(concurrency, fn) || onlyAsks(race, ctx)) && { severity: 'information' as const }),
    related: numbered([
      { at: race.check.node, text: `checks \`${shortText(race.check.node)}\``, file },
      {
        at,
        text: isCallExpression(at) ? 'starts this, which writes later' : 'waits here, and other tasks run',
        file,
      },
      { at: race.check.node, text: 'another call checks, and finds the same', file },
      { at: race.write.through?.origin.node ?? where, text: words.both, file },
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: eventsOf(race, concurrency, words),
      outcome: words.outcome,
    }),
    fixes: async () => [
      words.key === 'limit' || !isOnly ? undefined : await storePromiseFix(race, ctx),
      mutexFix(fn, place, ctx),
    ],
  });
}

/**
 * Whether a parameter of the call around is made ready by a callback that another function is given in an object, and
 * nothing shows that this one runs it twice at once: `send({ message: async () => { if (isLazy(text)) text = await text(); } })`.
 */
export function isRunByOneCallee(fn: FunctionNode, { write }: CheckedWrite, { how, fn: twice }: Concurrency): boolean {
  const { place } = write;
  if (how !== 'public' || twice !== fn || place.depth > 0) return false;
  if (!place.declared || !isParameterDeclaration(place.declared.parent)) return false;
  const owner = isMethodDeclaration(fn) ? fn.parent : wrapped(fn).parent.parent;
  return isObjectLiteralExpression(owner) && isCallExpression(wrapped(owner).parent);
}

/** Whether what is written is what was waited for: made once more by each call that passes the check, and not only noted. */
export function keepsTheResult(race: CheckedWrite): boolean {
  return waitFor(race) !== undefined;
}

/** The value with the wait in it: that of the write, or of the variable that is written. */
function waitFor({ write }: CheckedWrite): Node | undefined {
  const { value } = write.through?.origin ?? write;
  const at = value && unwrap(value);
  if (!at) return undefined;
  if (holdsAwait(at)) return at;
  const name = isIdentifier(at) ? declarationName(at) : undefined;
  const made = name && isVariableDeclaration(name.parent) ? name.parent.initializer : undefined;
  return made && holdsAwait(made) ? made : undefined;
}

/** Whether the look may come before the write at all: a round of a loop looks at what the same round has written. */
export function isAskedFirst(fn: FunctionNode, { branch, write }: CheckedWrite, { flow }: Context): boolean {
  const graph = flow.graphOf(fn);
  const without = new Set(stepsOfAccess(write, graph));
  return flow.stepsAfter([graph.entry], { without }).has(branch);
}

/** `if (this.isOpen === false) return`: an answer is asked for that a call before has got, and not whether there is one. */
export function asksForBoolean({ check, write }: CheckedWrite): boolean {
  // What a program is told at its start is the same for all.
  if (write.place.text.startsWith('process.env')) return true;
  const { parent } = wrapped(check.node);
  if (!isBinaryExpression(parent)) return false;
  return [parent.left, parent.right].some(
    ({ kind }) => kind === SyntaxKind.FalseKeyword || kind === SyntaxKind.TrueKeyword,
  );
}

const ofWhichThereIsOne =
  /(?:browser|channel|client|connection|credential|db|database|instance|key|lock|nonce|pool|port|process|server|session|socket|stream|terminal|token|transaction|worker)s?$/i;

/** Whether by its name the work only asks for something, and for nothing of which there should be one: a second answer is as good. */
function onlyAsks(race: CheckedWrite, { knowledge }: Context): boolean {
  const call = askedIn(waitFor(race));
  const name = (call && lastName(call)) ?? '';
  const { effects } = knowledge;
  if (/exists?$/i.test(name)) return true;
  if (/^generate/.test(name)) return false;
  return (effects.ofName(name) === 'reads' || effects.computes(name)) && !ofWhichThereIsOne.test(name);
}

/** The call that is waited for in a value. */
function askedIn(value: Node | undefined): CallExpression | undefined {
  let found: CallExpression | undefined;
  const look = (node: Node): void => {
    const operand = isAwaitExpression(node) ? unwrap(node.expression) : undefined;
    if (operand && isCallExpression(operand)) found ??= operand;
    else node.forEachChild(look);
  };
  if (value) look(value);
  return found;
}

/** Whether all that is done twice is to look at local files. */
export async function readsFilesOnly(race: CheckedWrite, { facts }: Context): Promise<boolean> {
  const value = waitFor(race);
  return value !== undefined && (await facts.independence.effectOf(value)).onlyFiles;
}

interface Words {
  readonly key: 'doubled' | 'entry' | 'limit';
  readonly data: Readonly<Record<string, string>>;
  readonly both: string;
  readonly writes: string;
  readonly note: string;
  readonly outcome: string;
}

/** What is lost, or goes too far, by how the place is written. */
function wordsFor({ write, check }: CheckedWrite, { task }: Concurrency): Words {
  const place = write.place.text;
  const { how, method, node, value } = write.through?.origin ?? write;
  const isGrowing = method === 'push' || method === 'unshift';
  if (isGrowing && check.method !== undefined) {
    return {
      key: 'doubled',
      data: { place },
      both: `both add to \`${place}\``,
      writes: `adds to \`${place}\``,
      note: 'the same once more',
      outcome: `the work is done twice, and \`${place}\` has it twice`,
    };
  }
  if (isGrowing || how === 'count' || (how === 'compound' && !holdsAwait(value))) {
    return {
      key: 'limit',
      data: { place },
      both: `both ${isGrowing ? 'add to' : 'change'} \`${place}\``,
      writes: `${isGrowing ? 'adds to' : 'changes'} \`${place}\``,
      note: 'the second time behind one check',
      outcome: `\`${place}\` goes over the limit that both looked at`,
    };
  }
  const entry = entryOf(node);
  if (entry) {
    const { map, key } = entry;
    return {
      key: 'entry',
      data: { map, key },
      both: `both put the entry into \`${map}\``,
      writes: `puts \`${key}\` into \`${map}\``,
      note: method === 'add' ? 'where it is already' : `in place of what ${task} A put there`,
      outcome:
        method === 'add'
          ? 'the work is done twice'
          : `the work is done twice, and the first entry of \`${map}\` is lost`,
    };
  }
  // A constant is the same, whoever writes it.
  const isFlag = value !== undefined && unwrap(value).kind === SyntaxKind.TrueKeyword;
  return {
    key: 'doubled',
    data: { place },
    both: `both write \`${place}\``,
    writes: `writes \`${place}\``,
    note: isFlag ? 'which it is already' : `overwrites what ${task} A wrote`,
    outcome: isFlag ? 'the work is done twice' : `the work is done twice, and the first \`${place}\` is lost`,
  };
}

/** `cache` and `key` of `cache.set(key, value)`. */
function entryOf(write: Node): { readonly map: string; readonly key: string } | undefined {
  if (!isCallExpression(write)) return undefined;
  const callee = unwrap(write.expression);
  const [key] = write.arguments;
  return key && isPropertyAccessExpression(callee)
    ? { map: shortText(callee.expression), key: shortText(key) }
    : undefined;
}

/** A checks and waits; B checks, finds the same and waits; then both write. */
function eventsOf(race: CheckedWrite, { task }: Concurrency, { writes, note }: Words): readonly Event[] {
  const { check, write, window } = race;
  const at = window.suspension.node;
  const where = write.through?.origin.node ?? targetOf(write.node);
  const checks = `checks \`${shortText(check.node)}\``;
  // A helper that nobody waits for writes when its own wait is over.
  const isStarted = isCallExpression(at);
  const kind = isStarted ? 'calls' : 'suspends';
  const text = isStarted ? `starts \`${shortText(at)}\`` : waitText(at);
  const goesOn = (who: 0 | 1): readonly Event[] =>
    isStarted ? [] : [{ task: who, kind: 'resumes', at, text: 'goes on' }];
  return [
    { task: 0, kind: 'checks', at: check.node, text: checks },
    { task: 0, kind, at, text },
    { task: 1, kind: 'checks', at: check.node, text: checks, note: `finds what ${task} A found` },
    { task: 1, kind, at, text, note: 'the second time' },
    ...goesOn(0),
    { task: 0, kind: 'writes', at: where, text: writes },
    ...goesOn(1),
    { task: 1, kind: 'writes', at: where, text: writes, note },
  ];
}

function suspended({ window }: CheckedWrite): Node {
  return window.suspension.node;
}
