import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { decodeFile, encodeFile } from '../text-encoding.ts';
import { reasonOf } from './io.ts';

/** A file's new text, and the text that it was made from. */
export interface Rewrite {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** Why a file may not be written. */
export interface Refusal {
  readonly file: string;
  readonly reason: string;
  /** Somebody else wrote it in the meantime: another try may do. */
  readonly isMeanwhile?: boolean;
}

export interface WriteOutcome {
  readonly refusals: readonly Refusal[];
  /** How many files were written. */
  readonly written: number;
}

/**
 * Writes all files, each by renaming a finished copy over it, with its encoding, mode and links kept.
 * Where one of them changed since, or cannot be written, none is touched.
 */
export async function writeFiles(rewrites: readonly Rewrite[]): Promise<WriteOutcome> {
  const prepared = await Promise.all(rewrites.map(prepare));
  const refusals = prepared.filter((each) => 'reason' in each);
  if (refusals.length > 0) return { refusals, written: 0 };
  let written = 0;
  for (const each of prepared) {
    if ('reason' in each) continue;
    try {
      await writeFileAtomic(each.file, each.bytes);
      written += 1;
    } catch (error) {
      return { refusals: [{ file: each.file, reason: `could not be written: ${reasonOf(error)}` }], written };
    }
  }
  return { refusals: [], written };
}

async function prepare({
  file,
  before,
  after,
}: Rewrite): Promise<Refusal | { readonly file: string; readonly bytes: Buffer }> {
  try {
    const bytes = await readFile(file);
    const { text, encoding } = decodeFile(bytes);
    if (text !== before) return { file, reason: 'changed while it was being fixed', isMeanwhile: true };
    if (!encodeFile({ text, encoding }).equals(bytes))
      return { file, reason: 'is not UTF-8, and fixing would damage it' };
    // Renaming would get past a write protection that somebody set on purpose.
    await access(file, constants.W_OK);
    return { file, bytes: encodeFile({ text: after, encoding }) };
  } catch (error) {
    return { file, reason: `cannot be written: ${reasonOf(error)}` };
  }
}
