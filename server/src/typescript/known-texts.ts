import type { SourceFile } from 'typescript/ast';
import { remember } from './remember.ts';

/** What the client's nodes have besides what their types say: how they read a name, a literal or a path of their tree. */
interface Reader {
  readonly sourceFile: SourceFile;
  getString(index: number): string;
}

/**
 * Lets the client keep the texts that it has decoded, for as long as their tree lives, once for all trees. It decodes a name
 * anew each time that somebody reads it, and rules read each about ten times.
 */
export function keepTexts(sourceFile: SourceFile): void {
  const prototype = prototypeOfReaders(sourceFile);
  if (!prototype || keeping.has(prototype)) return;
  keeping.add(prototype);
  const decode = prototype.getString;
  // Most names that are read one after the other are of one tree.
  let tree: SourceFile | undefined;
  let texts = new Map<number, string>();
  prototype.getString = function (this: Reader, index: number): string {
    const { sourceFile } = this;
    if (sourceFile !== tree) {
      tree = sourceFile;
      texts = remember(textsByTree, sourceFile, () => new Map());
    }
    let text = texts.get(index);
    if (text === undefined) texts.set(index, (text = decode.call(this, index)));
    return text;
  };
}

const keeping = new WeakSet<object>();
const textsByTree = new WeakMap<SourceFile, Map<number, string>>();

function prototypeOfReaders(node: object): Reader | undefined {
  let at: unknown = node;
  while (typeof at === 'object' && at !== null && !Object.hasOwn(at, 'getString')) at = Object.getPrototypeOf(at);
  return typeof at === 'object' && at !== null ? (at as Reader) : undefined;
}
