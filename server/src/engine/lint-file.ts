import { Facts } from '../facts/facts.ts';
import { flow } from '../flow/flow.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { compareFindings, compareText, type Finding, type Fix } from '../model/finding.ts';
import type { RuleMessage } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import type { ReportDetails, RuleContext } from '../rules/define.ts';
import { kindOf, type Node, type SourceFile, type SyntaxKind, spanOf, type VisitableKind } from '../typescript/ast.ts';
import type { FileView } from '../typescript/file-view.ts';
import { Oracle } from '../typescript/oracle.ts';
import type { Program } from '../typescript/program.ts';
import { remember } from '../typescript/remember.ts';
import { nodesOfKinds } from '../typescript/tree-walk.ts';
import type { EnabledRule } from './enabled-rules.ts';
import { FixBuilder } from './fix-builder.ts';
import { TurnBudget } from './turns.ts';

export interface FileRun {
  /** In the order of `compareFindings`. Suppression comments have not been looked at. */
  readonly findings: readonly Finding[];
  /** Computes the fixes of one of `findings`, while the snapshot of the run is alive. */
  fixes(finding: Finding): Promise<readonly Fix[]>;
  readonly dependsOn: readonly string[];
  /**
   * Whether a conclusion, silence included, rests on a search through the whole program. It holds as long as no file of
   * the program changes what it names; `dependsOn` has only those that named it this time.
   */
  readonly restsOnProject: boolean;
  /** Faults of rules, at most one a rule. The findings of the others stand. */
  readonly failures: readonly RuleFailure[];
}

/** A place that a rule looked at and left alone. */
export interface Silence {
  readonly rule: string;
  readonly span: Span;
  /** Completes "Silent, because …". */
  readonly reason: string;
}

/** Somebody who wants to know what the rules looked at, and why they said nothing. */
export interface Watcher {
  /** Called before a rule's visitor looks at a node. */
  visited(rule: string, node: Node): void;
  silent(silence: Silence): void;
}

export interface RuleFailure {
  readonly rule: string;
  readonly error: Error;
}

interface Report {
  readonly rule: EnabledRule;
  readonly key: string;
  readonly span: Span;
  readonly details: ReportDetails;
}

type Visitor = (node: Node, ctx: RuleContext) => void | Promise<void>;

/** What a rule does at nodes of one kind. */
interface RuleVisitor {
  readonly rule: EnabledRule;
  /** The rule's number in the list. */
  readonly index: number;
  readonly visit: Visitor;
}

/** Who visits what, by the kinds of nodes. */
interface Visitors {
  readonly kinds: ReadonlySet<SyntaxKind>;
  readonly byKind: ReadonlyMap<SyntaxKind, readonly RuleVisitor[]>;
}

const knownVisitors = new WeakMap<readonly EnabledRule[], Visitors>();

/** Found once for each list of rules: most files of a run have the same. */
function visitorsOf(rules: readonly EnabledRule[]): Visitors {
  return remember(knownVisitors, rules, () => {
    const visitors = new Map<SyntaxKind, RuleVisitor[]>();
    for (const [index, rule] of rules.entries()) {
      for (const [name, visit] of Object.entries(rule.rule.on)) {
        const list = remember(visitors, kindOf(name as VisitableKind), () => []);
        list.push({ rule, index, visit: visit as Visitor });
      }
    }
    return { kinds: new Set(visitors.keys()), byKind: visitors };
  });
}

/**
 * Runs rules over one file. All visitors start while the tree is walked and go on together, so that their questions
 * to the compiler leave in few messages. Rejects with the signal's reason once it is aborted.
 * @param watcher is told what the rules look at and what they leave alone for a reason
 */
export async function lintFile(
  program: Program,
  view: FileView,
  rules: readonly EnabledRule[],
  knowledge: Knowledge,
  now: () => number,
  signal: AbortSignal,
  watcher?: Watcher,
): Promise<FileRun> {
  const types = new Oracle(program);
  const facts = new Facts(types, knowledge);
  const fix = new FixBuilder(view);
  const reports: Report[] = [];
  const contextOf = (enabled: EnabledRule): RuleContext => ({
    file: view,
    options: enabled.options as RuleContext['options'],
    types,
    facts,
    flow,
    knowledge,
    fix,
    signal,
    report: (key, where, details = {}) => {
      const span = 'kind' in where ? spanOf(where) : where;
      reports.push({ rule: enabled, key, span, details });
    },
    silent: (where, reason) => {
      if (!watcher) return;
      const text = typeof reason === 'string' ? reason : reason();
      watcher.silent({ rule: enabled.rule.id, span: spanOf(where), reason: text });
    },
    dependsOn: (file) => void types.consulted.add(file),
  });

  const failures = [...(await walk(view.sourceFile, visitorsOf(rules), contextOf, now, signal, watcher))];

  const dependsOn = [...types.consulted.add(view.path)].sort(compareText);
  const sources = new Map<Finding, ReportDetails['fixes']>();
  const seen = new Set<string>();
  for (const report of reports) {
    if (yields(report, reports)) continue;
    const finding = toFinding(report, view.path, dependsOn);
    const identity = `${finding.rule} ${finding.span.start} ${finding.span.end}`;
    // One problem per place: a second visitor of the same rule may have come to the same conclusion.
    if (seen.has(identity)) continue;
    seen.add(identity);
    sources.set(finding, report.details.fixes);
  }
  return {
    findings: [...sources.keys()].sort(compareFindings),
    dependsOn,
    // Fixes ask questions of their own.
    get restsOnProject() {
      return types.restsOnProject;
    },
    failures,
    async fixes(finding) {
      try {
        const offered = await sources.get(finding)?.();
        return (offered ?? []).filter((entry): entry is Fix => entry !== undefined);
      } catch (error) {
        signal.throwIfAborted();
        if (failures.every(({ rule }) => rule !== finding.rule)) failures.push(failureOf(finding.rule, error));
        return [];
      }
    },
  };
}

async function walk(
  root: SourceFile,
  { kinds, byKind }: Visitors,
  contextOf: (rule: EnabledRule) => RuleContext,
  now: () => number,
  signal: AbortSignal,
  watcher: Watcher | undefined,
): Promise<readonly RuleFailure[]> {
  const running: Promise<void>[] = [];
  const failures = new Map<string, RuleFailure>();
  const failed = (rule: string, error: unknown): void => {
    if (!failures.has(rule)) failures.set(rule, failureOf(rule, error));
  };
  const budget = new TurnBudget(now);
  // Many rules find nothing to visit in a file, and then need none.
  const contexts: RuleContext[] = [];
  const next = nodesOfKinds(root, kinds);
  for (let node = next(); node; node = next()) {
    for (const { rule, index, visit } of byKind.get(node.kind) ?? []) {
      watcher?.visited(rule.rule.id, node);
      try {
        const ctx = (contexts[index] ??= contextOf(rule));
        const outcome = visit(node, ctx);
        if (outcome) running.push(outcome.catch((error: unknown) => failed(rule.rule.id, error)));
      } catch (error) {
        failed(rule.rule.id, error);
      }
    }
    if (budget.spent) {
      await budget.pause();
      if (signal.aborted) break;
    }
  }
  // All are waited for, so that no visitor is left running on a released snapshot.
  await Promise.all(running);
  signal.throwIfAborted();
  return [...failures.values()];
}

function failureOf(rule: string, error: unknown): RuleFailure {
  return { rule, error: error instanceof Error ? error : new Error(String(error)) };
}

/** One problem per place: another rule may say more of it, or have the fix that solves both. */
function yields({ span, details: { yieldsTo } }: Report, reports: readonly Report[]): boolean {
  if (!yieldsTo) return false;
  return reports.some(({ rule, span: { start } }) => start === span.start && yieldsTo.includes(rule.rule.id));
}

function toFinding(
  { rule: { rule, severity }, key, span, details }: Report,
  file: string,
  dependsOn: readonly string[],
): Finding {
  const message = rule.messages[key];
  if (!message) throw new Error(`The rule ${rule.id} has no message ${key}.`);
  const text = (part: keyof RuleMessage): string => fillIn(message[part], details.data ?? {});
  return {
    file,
    span,
    rule: rule.id,
    key,
    message: text('text'),
    why: text('why'),
    help: text('help'),
    severity: severity ?? details.severity ?? rule.severity,
    related: details.related ?? [],
    ...(details.interleaving && { interleaving: details.interleaving }),
    fixable: details.fixes !== undefined,
    dependsOn,
  };
}

function fillIn(text: string, data: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => data[name] ?? whole);
}
