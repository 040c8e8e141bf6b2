import type { SourceFile } from './ast.ts';

/** One file of a snapshot, as rules see it. */
export interface FileView {
  /** Absolute path with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly sourceFile: SourceFile;
  readonly isJavaScript: boolean;
  readonly isTest: boolean;
  /** Whether the file is an ES module in which `await` may stand at the top level. */
  readonly allowsTopLevelAwait: boolean;
  /** Whether new imports are written as `require` calls. */
  readonly isCommonJs: boolean;
}
