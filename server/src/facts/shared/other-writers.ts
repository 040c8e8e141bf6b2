/** Who else in a file changes a place: what can come in while a task waits. */
import {
  type FunctionNode,
  isFunctionNode,
  isWithin,
  type Node,
  type SourceFile,
  SyntaxKind,
} from '../../typescript/ast.ts';
import { remember } from '../../typescript/remember.ts';
import { type Access, runsHere } from './accesses.ts';
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
  const found: OtherWrite[] = [];
  for (const fn of remember(known, from.getSourceFile(), () => functionsIn(from.getSourceFile()))) {
    // A variable is made anew in every call of the function that it belongs to.
    if (place.declared && isFunctionNode(fn) && isWithin(place.declared, fn)) continue;
    // `this` of another class is another object.
    if (place.kind === 'field' && classAround(fn) !== classAround(from)) continue;
    for (const write of accessesWithin(fn)) {
      if (write.access === 'write' && isWithinPlace(write.place, place) && isMeant(write, fn))
        found.push({ fn, write });
    }
  }
  return found;
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
