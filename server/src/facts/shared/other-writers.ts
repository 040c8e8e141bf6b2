/** Who else in a file changes a place: what can come in while a task waits. */
import {
  type FunctionNode,
  isFunctionNode,
  isIdentifier,
  isWithin,
  type Node,
  type SourceFile,
  SyntaxKind,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { remember } from '../../typescript/remember.ts';
import { type Access, accessesOf, runsHere } from './accesses.ts';
import { accessesWithin, classAround } from './helpers.ts';
import { isWithinPlace, type Place } from './places.ts';

export interface OtherWrite {
  readonly fn: FunctionNode;
  readonly write: Access;
}

const known = new WeakMap<SourceFile, readonly FunctionNode[]>();

/**
 * The writes in a file's functions that change a place or a part of it, for those of `isMeant`; constructors left out.
 * @param from a node in the class, or in the file, that the place is looked at from
 */
export function writersOf(
  place: Place,
  from: Node,
  isMeant: (write: Access, fn: FunctionNode) => boolean,
): readonly OtherWrite[] {
  return functionsBeside(place, from).flatMap((fn) =>
    accessesWithin(fn)
      .filter((one) => one.access === 'write' && isWithinPlace(one.place, place) && isMeant(one, fn))
      .map((write) => ({ fn, write })),
  );
}

/** As `writersOf`, for a variable that the file imports: the functions of the file that declares it. */
export async function writersAtHome(
  { declared, key, kind }: Place,
  types: Oracle,
  isMeant: (write: Access, fn: FunctionNode) => boolean,
): Promise<readonly OtherWrite[]> {
  if (kind !== 'module' || !declared || declared.parent.kind !== SyntaxKind.ImportSpecifier) return [];
  const home = (await types.declarationsOf(declared)).map((one) => (one as { readonly name?: Node }).name);
  return home.flatMap((name) => {
    if (!name || !isIdentifier(name) || name.getSourceFile() === declared.getSourceFile()) return [];
    // The same path, from the name as it is declared at home.
    const own = `${name.text}@${name.pos}${key.slice(`${declared.text}@${declared.pos}`.length)}`;
    return functionsOf(name.getSourceFile()).flatMap((fn) =>
      accessesWithin(fn)
        .filter((one) => one.access === 'write' && one.place.declared === name && startsPath(one.place.key, own))
        .filter((write) => isMeant(write, fn))
        .map((write) => ({ fn, write })),
    );
  });
}

function startsPath(key: string, start: string): boolean {
  return key === start || key.startsWith(`${start}.`) || key.startsWith(`${start}[`);
}

function functionsOf(file: SourceFile): readonly FunctionNode[] {
  return remember(known, file, () => functionsIn(file));
}

/** The functions of the file that read a place as a whole, with the first such read in each; constructors left out. */
export function readersOf(place: Place, from: Node): readonly { readonly fn: FunctionNode; readonly read: Access }[] {
  return functionsBeside(place, from).flatMap((fn) => {
    const read = accessesOf(fn).find((one) => one.access === 'read' && one.place.key === place.key);
    return read ? [{ fn, read }] : [];
  });
}

/** The functions of the file that see the same place: those of the class for a field. Constructors left out. */
export function functionsBeside(place: Place, from: Node): readonly FunctionNode[] {
  return functionsOf(from.getSourceFile()).filter((fn) => {
    // A variable is made anew in every call of the function that it belongs to.
    if (place.declared && isWithin(place.declared, fn)) return false;
    // `this` of another class is another object.
    return place.kind !== 'field' || classAround(fn) === classAround(from);
  });
}

function functionsIn(file: SourceFile): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const open: Node[] = [file];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isFunctionNode(node) && node.body && node.kind !== SyntaxKind.Constructor && !runsHere(node)) found.push(node);
    node.forEachChild((child) => void open.push(child));
  }
  return found.sort((a, b) => a.pos - b.pos);
}
