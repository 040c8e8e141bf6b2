import data from './collections.json' with { type: 'json' };

/** How a method of the language's collections, or one that is named like them, uses what it is called on. */
export type CollectionUse =
  /** Reads one entry, which the first argument names. */
  | 'read-entry'
  /** Writes one entry, which the first argument names. */
  | 'write-entry'
  /** Changes the collection as a whole. */
  | 'write'
  /** Reads, or does something that is not known. */
  | 'read';

export interface CollectionKnowledge {
  use(method: string, argumentCount: number): CollectionUse;
  /** Whether a method puts something in. */
  adds(method: string): boolean;
  /** Whether a method gives a new collection, which later changes do not touch. */
  copies(method: string): boolean;
  /** Whether what a method gives still looks into the collection: `map.values()`. */
  views(method: string): boolean;
  /** Whether a member says how many there are. */
  isSize(member: string): boolean;
}

const keyedReads = new Set(data.keyedReads);
const keyedReadPattern = new RegExp(data.keyedReadPattern);
const keyedWrites = new Set(data.keyedWrites);
const wholeWrites = new Set(data.wholeWrites);
const adding = new Set(data.adding);
const copying = new Set(data.copies);
const viewing = new Set(data.views);
const sizes = new Set(data.sizes);

export const collectionKnowledge: CollectionKnowledge = {
  use(method, argumentCount) {
    if (wholeWrites.has(method)) return 'write';
    // With more arguments it is something of its own, whose keys are not known.
    if (argumentCount === 0 || argumentCount > (method.startsWith('set') || method === 'append' ? 2 : 1)) return 'read';
    if (keyedWrites.has(method)) return 'write-entry';
    return keyedReads.has(method) || keyedReadPattern.test(method) ? 'read-entry' : 'read';
  },
  adds: (method) => adding.has(method),
  copies: (method) => copying.has(method),
  views: (method) => viewing.has(method),
  isSize: (member) => sizes.has(member),
};
