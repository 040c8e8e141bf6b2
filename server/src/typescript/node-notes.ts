import type { Node, SourceFile } from 'typescript/ast';

/** What the client's nodes have besides what their types say: the tree that they are in, and their number in it. */
interface Numbered {
  readonly sourceFile: SourceFile;
  readonly index: number;
}

/** A node's number in its tree, by which the compiler speaks of it. */
export function numberOf(node: Node): number {
  return (node as unknown as Numbered).index;
}

/**
 * Notes about nodes, which live as long as the node's tree does. A weak map with an entry for each node would cost the
 * garbage collector more than the notes are worth; a list for each tree, by the node's number in it, costs little.
 */
export class NodeNotes<T> {
  readonly #byTree = new WeakMap<SourceFile, Map<number, T>>();
  /** The tree that was asked about last, and its notes: most questions in a row are about one tree. */
  #tree: SourceFile | undefined;
  #notes: Map<number, T> | undefined;

  /** The note about a node; undefined where there is none. */
  get(node: Node): T | undefined {
    const { sourceFile, index } = node as unknown as Numbered;
    if (sourceFile !== this.#tree) this.#turnTo(sourceFile);
    return this.#notes?.get(index);
  }

  set(node: Node, note: T): void {
    const { sourceFile, index } = node as unknown as Numbered;
    if (sourceFile !== this.#tree) this.#turnTo(sourceFile);
    if (!this.#notes) this.#byTree.set(sourceFile, (this.#notes = new Map()));
    this.#notes.set(index, note);
  }

  #turnTo(tree: SourceFile): void {
    this.#tree = tree;
    this.#notes = this.#byTree.get(tree);
  }
}
