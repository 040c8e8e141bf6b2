import type { Diagnostic } from 'vscode-languageserver/node';
import type { Linter } from '../engine/linter.ts';
import type { FileResult } from '../model/result.ts';
import type { CrashCount } from './crash-count.ts';
import type { DiagnosticContext } from './diagnostics.ts';
import { isLinted, type OpenDocuments } from './documents.ts';
import type { SettingsStore } from './settings.ts';

/** What is known of one file, for one version of its text. */
export interface Analysed {
  readonly result: FileResult;
  readonly diagnostics: readonly Diagnostic[];
  /** The version of the open document, or null for a file that is not open. */
  readonly version: number | null;
  /** Equal ids mean equal diagnostics. */
  readonly resultId: string;
}

/** What an analysis works with, and whom it tells. */
export interface AnalysisOptions {
  readonly linter: Linter;
  readonly documents: OpenDocuments;
  readonly settings: SettingsStore;
  readonly crashes: CrashCount;
  readonly context: DiagnosticContext;
  /** Settles when the settings are known; nothing is linted before. */
  readonly ready: Promise<void>;
  readonly now: () => number;
  /** Called when the diagnostics of a file are known, whether or not they are other than before. */
  readonly onAnalysed: (path: string, analysed: Analysed) => void;
  /** Called before and after work, and when work failed. */
  readonly onActivity: (activity: Activity) => void;
}

/** What an analysis is doing. */
export type Activity =
  | { readonly kind: 'begin'; readonly files: readonly string[] }
  | { readonly kind: 'end'; readonly milliseconds: number; readonly last: FileResult | undefined }
  | { readonly kind: 'failed'; readonly error: Error }
  /** It began, and nobody wants its results any more. */
  | { readonly kind: 'abandoned' };

/** The result of a file about which there is nothing to say. */
export function nothingIn(file: string, text: string): FileResult {
  return { file, text, findings: [], suppressed: [], dependsOn: [file], notes: [], milliseconds: 0 };
}

/** An empty result for a file that the config leaves out, or that is no program; undefined for one that is to be linted. */
export async function leftOut(
  { linter, documents }: Pick<AnalysisOptions, 'linter' | 'documents'>,
  file: string,
  configFile: string | undefined,
): Promise<FileResult | undefined> {
  const text = documents.buffers.get(file) ?? '';
  if (!isLinted(file)) return nothingIn(file, text);
  const config = await linter.config(file, { configFile });
  return config.ignore.file(file) ? { ...nothingIn(file, text), dependsOn: [file, ...config.dependsOn] } : undefined;
}
