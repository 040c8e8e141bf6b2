import { Facts } from '../facts/facts.ts';
import { flow } from '../flow/flow.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { compareFindings, compareText, type Finding, type Fix, type Severity } from '../model/finding.ts';
import type { RuleMessage } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import type { ReportDetails, Rule, RuleContext } from '../rules/define.ts';
import { kindOf, type Node, type SourceFile, type SyntaxKind, spanOf, type VisitableKind } from '../typescript/ast.ts';
import type { FileView } from '../typescript/file-view.ts';
import { Oracle } from '../typescript/oracle.ts';
import type { Program } from '../typescript/program.ts';
import { nodesOfKinds } from '../typescript/tree-walk.ts';
import { FixBuilder } from './fix-builder.ts';
import { TurnBudget } from './turns.ts';

/** A rule with what the config says of it. */
export interface EnabledRule {
  readonly rule: Rule;
  /** Overrides the rule's own severity. */
  readonly severity: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A rule as it is where no config says anything of it. */
export function withDefaults(rule: Rule): EnabledRule {
  const options = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default]));
  return { rule, severity: undefined, options };
}

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

interface RuleVisitor {
  readonly rule: string;
  readonly visit: Visitor;
  readonly ctx: RuleContext;
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
  const visitors = new Map<SyntaxKind, RuleVisitor[]>();
  for (const enabled of rules) {
    const ctx: RuleContext = {
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
    };
    for (const [name, visit] of Object.entries(enabled.rule.on)) {
      const kind = kindOf(name as VisitableKind);
      const list = visitors.get(kind) ?? [];
      list.push({ rule: enabled.rule.id, visit: visit as Visitor, ctx });
      visitors.set(kind, list);
    }
  }

  const failures = await walk(view.sourceFile, visitors, now, signal, watcher);

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
      const offered = await sources.get(finding)?.();
      return (offered ?? []).filter((entry): entry is Fix => entry !== undefined);
    },
  };
}

async function walk(
  root: SourceFile,
  visitors: ReadonlyMap<SyntaxKind, readonly RuleVisitor[]>,
  now: () => number,
  signal: AbortSignal,
  watcher: Watcher | undefined,
): Promise<readonly RuleFailure[]> {
  const running: Promise<void>[] = [];
  const failures = new Map<string, Error>();
  const failed = (rule: string, error: unknown): void => {
    if (!failures.has(rule)) failures.set(rule, error instanceof Error ? error : new Error(String(error)));
  };
  const budget = new TurnBudget(now);
  const next = nodesOfKinds(root, new Set(visitors.keys()));
  for (let node = next(); node; node = next()) {
    for (const { rule, visit, ctx } of visitors.get(node.kind) ?? []) {
      watcher?.visited(rule, node);
      try {
        const outcome = visit(node, ctx);
        if (outcome) running.push(outcome.catch((error: unknown) => failed(rule, error)));
      } catch (error) {
        failed(rule, error);
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
  return [...failures].map(([rule, error]) => ({ rule, error }));
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
