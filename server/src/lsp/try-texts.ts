import type { Linter } from '../engine/linter.ts';
import type { AnalysisOptions } from './analysed.ts';

/** Lays another text over a file until the work that tries it ends. */
export type TryText = (file: string, text: string) => void;

/** Runs work that tries other texts of files; afterwards all files have their own again. */
export async function tryTexts<T>(
  { linter, documents }: Pick<AnalysisOptions, 'linter' | 'documents'>,
  work: (linter: Linter, tryText: TryText) => Promise<T>,
): Promise<T> {
  const tried = new Set<string>();
  try {
    return await work(linter, (file, text) => {
      tried.add(file);
      documents.tried.set(file, text);
      linter.setBuffer(file, text);
    });
  } finally {
    for (const file of tried) {
      documents.tried.delete(file);
      linter.setBuffer(file, documents.buffers.get(file));
    }
  }
}
