import type { SourceFile } from 'typescript/ast';
import type { Checker, Diagnostic, Project, Snapshot } from 'typescript/async';
import { CheckerQueries } from './checker-queries.ts';
import type { FileView } from './file-view.ts';
import { repairFunctionBodies } from './function-bodies.ts';
import { keepTexts } from './known-texts.ts';
import { isCommonJsScript } from './module-kind.ts';
import { isJavaScript } from './paths.ts';

/** One program of one snapshot. It lives as long as a lease on the snapshot does. */
export class Program {
  readonly queries: CheckerQueries;
  readonly #project: Project;
  readonly #snapshot: Snapshot;
  #names: Promise<ReadonlySet<string>> | undefined;

  constructor(project: Project, snapshot: Snapshot) {
    this.#project = project;
    this.#snapshot = snapshot;
    this.queries = new CheckerQueries(project);
  }

  get checker(): Checker {
    return this.#project.checker;
  }

  /** Whether types say where null and undefined may be. */
  get checksNull(): boolean {
    const { strict, strictNullChecks } = this.#project.program.getCompilerOptions() as {
      readonly strict?: boolean;
      readonly strictNullChecks?: boolean;
    };
    return strictNullChecks ?? strict ?? true;
  }

  /** Whether an optional property takes no undefined unless it says so. */
  get isExact(): boolean {
    const { exactOptionalPropertyTypes } = this.#project.program.getCompilerOptions() as {
      readonly exactOptionalPropertyTypes?: boolean;
    };
    return exactOptionalPropertyTypes ?? false;
  }

  async includes(file: string): Promise<boolean> {
    return (await this.fileNames()).has(file);
  }

  /** Every file that the program has loaded, packages and the compiler's own library included. */
  fileNames(): Promise<ReadonlySet<string>> {
    this.#names ??= this.#project.program.getSourceFileNames().then(
      (names) => new Set<string>(names),
      (error: unknown) => {
        this.#names = undefined;
        throw error;
      },
    );
    return this.#names;
  }

  async sourceFile(file: string): Promise<SourceFile | undefined> {
    const { program } = this.#project;
    const sourceFile = await this.queries.trees.run(file, () => program.getSourceFile(file));
    if (!sourceFile) return undefined;
    repairFunctionBodies(sourceFile);
    keepTexts(sourceFile);
    return sourceFile;
  }

  /** The file as rules see it, or undefined where the program does not have it. */
  async view(file: string): Promise<FileView | undefined> {
    const sourceFile = await this.sourceFile(file);
    if (!sourceFile) return undefined;
    const script = isJavaScript(file);
    const isEsModule = sourceFile.externalModuleIndicator !== undefined;
    const commonJs = /\.c[jt]s$/.test(file) || (script && isCommonJsScript(sourceFile));
    return {
      path: file,
      text: sourceFile.text,
      sourceFile,
      isJavaScript: script,
      isTest: isTestPath(file),
      allowsTopLevelAwait: isEsModule && !commonJs && this.#emitsEsModules(),
      isCommonJs: commonJs,
    };
  }

  /**
   * Lets go of a file's tree. The client keeps every tree of a snapshot, which for a large project is hundreds of
   * megabytes; who asks for the file again gets it anew. Nodes that somebody still holds stay usable.
   */
  forget(view: FileView): void {
    const { sourceFileCache } = this.#project.program as unknown as ProgramInternals;
    for (const record of sourceFileCache.cache.get(view.sourceFile.path) ?? []) record.file = undefined;
  }

  /** The compiler's complaints about the given files, about their syntax and their types. */
  async diagnostics(files: readonly string[]): Promise<readonly Diagnostic[]> {
    const { program } = this.#project;
    const found = await Promise.all([program.getSyntacticDiagnostics(files), program.getSemanticDiagnostics(files)]);
    return found.flat();
  }

  /** The compiler's complaints about the given files once their texts are replaced. Nothing is written anywhere. */
  diagnosticsWith(texts: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> {
    return this.tried(texts, (program) => program.diagnostics(Object.keys(texts)));
  }

  /** Runs work on this program with other texts in some of its files. Nothing is written anywhere. */
  async tried<T>(texts: Readonly<Record<string, string>>, work: (program: Program) => Promise<T>): Promise<T> {
    const next = await this.#snapshot.update({
      fileSystem: { kind: 'layer', files: { ...texts } },
      fileNotifications: { changed: Object.keys(texts) },
      ensurePrograms: true,
    });
    try {
      const project = next.getProject(this.#project.id);
      if (!project) throw new Error('A program was lost when texts of its files were replaced.');
      return await work(new Program(project, next));
    } finally {
      await next.dispose();
    }
  }

  /** Top-level await needs a target of ES2017 and an ES module kind; CommonJS output cannot have it. */
  #emitsEsModules(): boolean {
    const { module } = this.#project.program.getCompilerOptions() as { readonly module?: number };
    return module === undefined || module >= firstKindWithTopLevelAwait;
  }
}

/** The client's cache of trees, which its types hide. */
interface ProgramInternals {
  readonly sourceFileCache: { readonly cache: ReadonlyMap<string, readonly { file: unknown }[]> };
}

/** ES2022 in TypeScript's numbering of module kinds. */
const firstKindWithTopLevelAwait = 7;

/** Test files by the conventions of the runners; what differs in them is said by each rule. */
function isTestPath(file: string): boolean {
  return (
    /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e)\//.test(file) ||
    /[.-](?:tests?|specs?|e2e|cy)\.[cm]?[jt]sx?$/.test(file)
  );
}
