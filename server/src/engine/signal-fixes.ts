import type { ScopedSignal } from '../facts/cancellation/signal-scope.ts';
import type { SignalPlace } from '../facts/cancellation/signals.ts';
import type { TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  type CallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { isNothing } from '../typescript/promise-syntax.ts';
import type { PlainEdit } from './apply-edits.ts';
import { indentAt } from './fixing/file-style.ts';

type Call = CallExpression | NewExpression;

/** A signal to pass on: what to write for it, and how much is known of its value. */
export type PassedSignal = Pick<ScopedSignal, 'text' | 'view' | 'isOptional'>;

/**
 * Gives a call a signal that it can take: as an argument, in a new object of options, or in the one that is there.
 * Arguments that are left out before it become `undefined`.
 * @returns edits in the call's file; undefined where the signal may be missing and the place wants one that is not
 */
export async function passingSignal(
  call: Call,
  place: SignalPlace,
  signal: PassedSignal,
  types: Oracle,
): Promise<readonly PlainEdit[] | undefined> {
  const fit = await fitOf(signal, place, types);
  if (!fit) return undefined;
  const args = call.arguments ?? [];
  const argument = args[place.index];
  const object = argument && unwrap(argument);
  if (place.as === 'argument') {
    if (fit === 'spread') return undefined;
    const value = fit === 'coalesce' ? `${signal.text} ?? undefined` : signal.text;
    return argument ? [replacing(argument, value)] : appending(call, place.index, value);
  }
  const member = memberText(place.name, signal.text, fit);
  if (object && isObjectLiteralExpression(object)) return [addMember(object, member)];
  const value = `{ ${member} }`;
  if (!object) return appending(call, place.index, value);
  if (place.holds) return [replacing(argument, `{ ${place.holds}: ${argument.getText()}, ${member} }`)];
  return isNothing(object)
    ? [replacing(argument, value)]
    : [replacing(argument, `{ ...${argument.getText()}, ${member} }`)];
}

/** The same, as edits of a rule's file. */
export async function passSignal(
  call: Call,
  place: SignalPlace,
  signal: PassedSignal,
  ctx: Pick<RuleContext, 'file' | 'types'>,
): Promise<readonly TextEdit[] | undefined> {
  const edits = await passingSignal(call, place, signal, ctx.types);
  return edits?.map((edit) => ({ file: ctx.file.path, ...edit }));
}

/**
 * `signal: AbortSignal.timeout(…)` becomes `signal: AbortSignal.any([signal, AbortSignal.timeout(…)])`; a signal that may
 * be missing joins only where it is there.
 */
export function joiningSignals(given: Node, signal: PassedSignal): readonly PlainEdit[] {
  const own = given.getText();
  const list = signal.isOptional ? `[${own}, ...(${signal.text} ? [${signal.text}] : [])]` : `[${signal.text}, ${own}]`;
  return [replacing(given, `AbortSignal.any(${list})`)];
}

/** How a signal fits: as it is, behind `?? undefined`, or spread in where it is there. Undefined where it does not. */
type Fit = 'plain' | 'coalesce' | 'spread';

async function fitOf(signal: PassedSignal, { wants, as }: SignalPlace, types: Oracle): Promise<Fit | undefined> {
  const { view } = signal;
  if (!view || !wants || wants.isUnknown || view.isUnknown) return 'plain';
  const isReached = signal.isOptional && !(await view.unionMembers()).some((member) => member.isNullish);
  const fits = await types.isAssignable(view, wants);
  const isOptionalPlace = (await wants.unionMembers()).some((member) => member.isNullish);
  const { text } = signal;
  const isExact = types.isExact && as === 'property' && signal.isOptional && /^[\w$.?]+$/.test(text);
  if (fits && isExact && isOptionalPlace) return 'spread';
  if (fits && (!isReached || isOptionalPlace || !types.checksNull)) return 'plain';
  if (!isOptionalPlace) return undefined;
  // `null` stands for no signal here, and for nothing there; exact optional properties take no `undefined`.
  return as === 'property' && /^[\w$.?]+$/.test(text) ? 'spread' : 'coalesce';
}

function memberText(name: string, value: string, fit: Fit): string {
  const member = name === value ? name : `${name}: ${value}`;
  return fit === 'spread'
    ? `...(${value} && { ${member} })`
    : fit === 'coalesce'
      ? `${name}: ${value} ?? undefined`
      : member;
}

function appending(call: Call, index: number, value: string): readonly PlainEdit[] | undefined {
  const args = call.arguments ?? [];
  const fill = Array.from({ length: Math.max(index - args.length, 0) }, () => 'undefined');
  const added = [...fill, value].join(', ');
  const last = args.at(-1);
  const file = call.getSourceFile().text;
  if (last) {
    // A comma behind the last argument stays where it is.
    const behind = /^\s*,/.exec(file.slice(last.end, call.end));
    if (!behind) return [{ span: { start: last.end, end: last.end }, newText: `, ${added}` }];
    const at = last.end + behind[0].length;
    const isBroken = /^[ \t]*\r?\n/.test(file.slice(at));
    const gap = isBroken ? `\n${indentAt(file, last.getStart())}` : ' ';
    return [{ span: { start: at, end: at }, newText: `${gap}${added}${isBroken ? ',' : ''}` }];
  }
  if (!call.getText().endsWith(')')) return [{ span: { start: call.end, end: call.end }, newText: `(${added})` }];
  return [{ span: { start: call.end - 1, end: call.end - 1 }, newText: added }];
}

/** Adds a member at the end, on a line of its own where the others have theirs. */
export function addMember(object: ObjectLiteralExpression, member: string): PlainEdit {
  const last = object.properties.at(-1);
  if (!last) return replacing(object, `{ ${member} }`);
  const { text } = object.getSourceFile();
  const rest = text.slice(last.end, object.end);
  const comma = /^\s*,/.exec(rest)?.[0];
  const isBroken = rest.includes('\n');
  const gap = isBroken ? `\n${indentAt(text, last.getStart())}` : ' ';
  const at = last.end + (comma?.length ?? 0);
  const closing = comma !== undefined && isBroken ? ',' : '';
  return { span: { start: at, end: at }, newText: `${comma === undefined ? ',' : ''}${gap}${member}${closing}` };
}

function replacing(node: Node, newText: string): PlainEdit {
  return { span: { start: node.getStart(), end: node.end }, newText };
}

/** The value that an object of options gives for a member, as written. */
export function writtenMember(object: Node, name: string): Node | undefined {
  const at = unwrap(object);
  if (!isObjectLiteralExpression(at)) return undefined;
  const found = at.properties.find(
    (one) => isPropertyAssignment(one) && isIdentifier(one.name) && one.name.text === name,
  );
  return found && isPropertyAssignment(found) ? unwrap(found.initializer) : undefined;
}
