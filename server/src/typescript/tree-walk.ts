import { type CallExpression, type Node, NodeFlags, type SourceFile, SyntaxKind } from './ast.ts';
import { remember } from './remember.ts';

/** What the client keeps of a tree besides what its types say: a table with one row for each node, parents first. */
interface Table {
  readonly view: DataView;
  readonly _offsetNodes: number;
  readonly nodes: { readonly length: number };
  getOrCreateNodeAtIndex(index: number): Node;
}

/** A row: kind, start, end, parent and flags, each of four bytes, and more. The first row is empty, the second is the file. */
const row = { length: 28, kind: 0, pos: 4, end: 8, parent: 16, flags: 24, first: 1 };

/**
 * Goes through a tree and gives the nodes of some kinds, in the order of the text and parents first, comments aside.
 * Rows of other kinds are read over: making a node of each would take longer than everything that is done with them.
 * @returns gives the next node at each call, and undefined after the last
 */
export function nodesOfKinds(sourceFile: SourceFile, kinds: ReadonlySet<SyntaxKind>): () => Node | undefined {
  const table = tableOf(sourceFile);
  if (!table) return descend(sourceFile, kinds);
  const next = scan(table, kinds);
  return () => {
    const index = next();
    return index === undefined ? undefined : table.getOrCreateNodeAtIndex(index);
  };
}

const callKinds: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.CallExpression]);
const knownCalls = new WeakMap<SourceFile, readonly CallExpression[]>();

/** The calls of a file, in the order of the text. The file is gone through once. */
export function callsIn(sourceFile: SourceFile): readonly CallExpression[] {
  return remember(knownCalls, sourceFile, () => {
    const calls: CallExpression[] = [];
    const next = nodesOfKinds(sourceFile, callKinds);
    for (let node = next(); node; node = next()) calls.push(node as CallExpression);
    return calls;
  });
}

/** The calls that begin and end in a part of a file, in the order of the text. */
export function callsBetween(sourceFile: SourceFile, pos: number, end: number): readonly CallExpression[] {
  const calls = callsIn(sourceFile);
  let low = 0;
  for (let high = calls.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.pos ?? 0) < pos) low = middle + 1;
    else high = middle;
  }
  let to = low;
  while (to < calls.length && (calls[to]?.pos ?? end) < end) to++;
  return calls.slice(low, to);
}

/** One row of the table: a node that need not be made yet. */
export interface Row {
  /** UTF-16 offsets; before the node's own text may be space and comments. */
  readonly pos: number;
  readonly end: number;
  node(): Node;
}

/** As `nodesOfKinds`, for those who look at the text before they want a node. */
export function rowsOfKinds(sourceFile: SourceFile, kinds: ReadonlySet<SyntaxKind>): () => Row | undefined {
  const table = tableOf(sourceFile);
  if (!table) {
    const next = descend(sourceFile, kinds);
    return () => {
      const node = next();
      return node && { pos: node.pos, end: node.end, node: () => node };
    };
  }
  const next = scan(table, kinds);
  return () => {
    const index = next();
    if (index === undefined) return undefined;
    const at = table._offsetNodes + index * row.length;
    const pos = table.view.getInt32(at + row.pos, true);
    const end = table.view.getInt32(at + row.end, true);
    return { pos, end, node: () => table.getOrCreateNodeAtIndex(index) };
  };
}

/** Where the text first does not parse, comments aside, as a UTF-16 offset: the end of the first such node. */
export function firstParseError(sourceFile: SourceFile): number | undefined {
  const table = tableOf(sourceFile);
  if (!table) return undefined;
  const { view, nodes, _offsetNodes } = table;
  let first: number | undefined;
  for (let index = row.first; index < nodes.length; index++) {
    const at = _offsetNodes + index * row.length;
    if ((view.getUint32(at + row.flags, true) & NodeFlags.ThisNodeHasError) === 0 || isInComment(table, index))
      continue;
    const end = view.getInt32(at + row.end, true);
    if (first === undefined || end < first) first = end;
  }
  return first;
}

function tableOf(sourceFile: SourceFile): Table | undefined {
  const table = sourceFile as unknown as Partial<Table>;
  return table.view && table._offsetNodes !== undefined && table.nodes && table.getOrCreateNodeAtIndex
    ? (table as Table)
    : undefined;
}

function isInComment({ view, _offsetNodes }: Table, index: number): boolean {
  for (let at = index; at >= row.first; at = view.getUint32(_offsetNodes + at * row.length + row.parent, true)) {
    if (view.getUint32(_offsetNodes + at * row.length + row.kind, true) === SyntaxKind.JSDoc) return true;
  }
  return false;
}

/** Gives the rows' numbers. */
function scan(table: Table, kinds: ReadonlySet<SyntaxKind>): () => number | undefined {
  const {
    view,
    nodes: { length },
    _offsetNodes: first,
  } = table;
  const wanted = remember(wantedKinds, kinds, () => bytesOf(kinds));
  let index = row.first;
  return () => {
    while (index < length) {
      const kind = view.getUint32(first + index * row.length + row.kind, true);
      if (kind === SyntaxKind.JSDoc) {
        index = behind(table, index);
        continue;
      }
      index++;
      // Lists have a number far beyond all kinds, and reading behind the end of the array is slow.
      if (kind < wanted.length && wanted[kind] === 1) return index - 1;
    }
    return undefined;
  };
}

const wantedKinds = new WeakMap<ReadonlySet<SyntaxKind>, Uint8Array>();

/** A one for each kind that is wanted, by its number: every row of every tree asks. */
function bytesOf(kinds: ReadonlySet<SyntaxKind>): Uint8Array {
  const wanted = new Uint8Array(Math.max(0, ...kinds) + 1);
  for (const kind of kinds) wanted[kind] = 1;
  return wanted;
}

/** The row after a comment and all that is in it: what follows ends later than the comment does. */
function behind({ view, nodes, _offsetNodes }: Table, index: number): number {
  const positionOf = (which: number, part: number): number =>
    view.getInt32(_offsetNodes + which * row.length + part, true);
  const start = positionOf(index, row.pos);
  const end = positionOf(index, row.end);
  let at = index + 1;
  while (at < nodes.length && positionOf(at, row.pos) >= start && positionOf(at, row.end) <= end) at++;
  return at;
}

/** The same by the documented way, for a client without such a table. */
function descend(sourceFile: SourceFile, kinds: ReadonlySet<SyntaxKind>): () => Node | undefined {
  const open: Node[] = [sourceFile];
  return () => {
    for (let node = open.pop(); node; node = open.pop()) {
      const children: Node[] = [];
      node.forEachChild((child) => void children.push(child));
      open.push(...children.reverse());
      if (kinds.has(node.kind)) return node;
    }
    return undefined;
  };
}
