import type { Finding, Fix, Note } from '../model/finding.ts';
import type { FileResult } from '../model/result.ts';
import type { RuleMeta } from '../model/rule.ts';
import { textLines } from '../model/text-lines.ts';
import { commentsMatching } from '../typescript/comments.ts';
import type { FileView } from '../typescript/file-view.ts';
import { CompilerGone, type Lease } from '../typescript/session.ts';
import { firstParseError } from '../typescript/tree-walk.ts';
import { applyDirectives } from './apply-directives.ts';
import type { ResolvedConfig } from './config.ts';
import { directivePattern } from './directives.ts';
import type { EnabledRule } from './enabled-rules.ts';
import type { FileKnowledge } from './knowledge-store.ts';
import { lintFile } from './lint-file.ts';
import { isMachineWritten } from './machine-written.ts';
import { unusedDirective } from './own-rules.ts';
import { isTypeTest } from './type-tests.ts';

export interface ResultRequest {
  readonly lease: Lease;
  readonly file: string;
  readonly config: ResolvedConfig;
  /** Whether nobody will come back to the file's tree soon. */
  readonly isBatch: boolean;
  readonly signal: AbortSignal;
  readonly withFixes: boolean | ((finding: Finding) => boolean);
  /** All rules that exist, and those that are on. */
  readonly rules: readonly RuleMeta[];
  readonly enabled: readonly EnabledRule[];
  readonly known: FileKnowledge;
  readonly now: () => number;
}

export interface MadeResult {
  readonly result: FileResult;
  /** The key of the file's project. */
  readonly home: string;
  /** The files that the result rests on, those of the config left out. */
  readonly dependsOn: readonly string[];
  readonly restsOnProject: boolean;
  /** Whether the result is what it should be: the file was there, and no rule failed. */
  readonly isSound: boolean;
}

/** Lints one file and applies its suppression comments. Rejects with the signal's reason, and with CompilerGone. */
export async function makeResult(request: ResultRequest): Promise<MadeResult> {
  const { lease, file, config, now, signal } = request;
  const started = now();
  const program = lease.program(file);
  const tsconfig = lease.tsconfig(file);
  const view = await program.view(file);
  const about = { file, ...(tsconfig !== undefined && { tsconfig }) };
  const home = lease.plan(file).key;
  if (!view) {
    const note: Note = { level: 'error', file, text: `${file} cannot be read` };
    const nothing = { text: '', findings: [], suppressed: [], dependsOn: [file], notes: [note], milliseconds: 0 };
    return { result: { ...about, ...nothing }, home, dependsOn: [file], restsOnProject: false, isSound: false };
  }
  const enabled = isMachineWritten(file, view.text) || isTypeTest(file) ? [] : request.enabled;
  const run = await lintFile(program, view, enabled, request.known.knowledge, now, signal);
  // A dead compiler fails every rule at once; that is the run's fault and not theirs.
  if (lease.isDead()) throw new CompilerGone(compilerGone);
  const outcome = applyDirectives({
    file,
    text: view.text,
    comments: commentsMatching(view.sourceFile, directivePattern),
    findings: run.findings,
    rules: request.rules,
    ran: new Set(enabled.map(({ rule }) => rule.id).filter((id) => run.failures.every(({ rule }) => rule !== id))),
    unusedSeverity: config.rules.get(unusedDirective.id)?.severity,
  });
  const { withFixes } = request;
  const fixes = withFixes ? new Map<Finding, readonly Fix[]>(outcome.fixes) : undefined;
  if (fixes) {
    const isAsked = typeof withFixes === 'function' ? withFixes : () => true;
    const asked = run.findings.filter(
      (finding) => finding.fixable && outcome.findings.includes(finding) && isAsked(finding),
    );
    await Promise.all(asked.map(async (finding) => void fixes.set(finding, await run.fixes(finding))));
    if (lease.isDead()) throw new CompilerGone(compilerGone);
  }
  // In a long run nobody comes back to a tree; a few files are an editor's, which soon asks again.
  if (request.isBatch) program.forget(view);
  const result: FileResult = {
    ...about,
    text: view.text,
    findings: outcome.findings,
    suppressed: outcome.suppressed,
    ...(fixes && { fixes }),
    dependsOn: [...new Set([...run.dependsOn, ...config.dependsOn, ...request.known.dependsOn])],
    notes: [
      ...lease.notes(file),
      ...request.known.notes,
      ...syntaxNotes(file, view),
      ...run.failures.map(({ rule, error }) => failureNote(file, rule, error)),
    ],
    milliseconds: now() - started,
  };
  const { dependsOn, restsOnProject, failures } = run;
  return { result, home, dependsOn, restsOnProject, isSound: failures.length === 0 };
}

/** Rules see little of what does not parse, and that they found nothing there means nothing. */
function syntaxNotes(file: string, { sourceFile, text }: FileView): readonly Note[] {
  const offset = firstParseError(sourceFile);
  if (offset === undefined) return [];
  const line = textLines(text).lineAt(offset) + 1;
  return [{ level: 'info', file, text: `line ${line} does not parse, so problems from there on may go unseen` }];
}

const compilerGone = 'The TypeScript compiler ended while it was being asked.';

function failureNote(file: string, rule: string, error: Error): Note {
  return {
    level: 'error',
    file,
    rule,
    text: `${rule} failed on this file and was left out: ${error.message}\n${error.stack ?? ''}`,
  };
}
