import type { FileView } from '../../typescript/file-view.ts';

/**
 * Whether a file only tries things out: a test, whose runner hears of unhandled rejections and fails, an example, or a
 * benchmark. What is dropped there is worth a word, and seldom a change.
 */
export function isLittleAtStake({ isTest, path }: FileView): boolean {
  return isTest || trials.test(path);
}

const trials =
  /(?:^|\/)(?:(?:examples?|playgrounds?|demos?|samples?|sandbox|benchmarks?)\/(?:[^/]+\/){0,5}|dev\/)[^/]+$/;
