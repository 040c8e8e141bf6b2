import { Facts } from '../facts/facts.ts';
import type { Asked, ExplainedFinding, ExplainedSilence, Explanation, Place, RuleOff } from '../model/explanation.ts';
import { compareText, type Finding, type Note } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import type { Location, Span } from '../model/span.ts';
import type { Rule } from '../rules/define.ts';
import { type Node, spanOf } from '../typescript/ast.ts';
import { commentsMatching } from '../typescript/comments.ts';
import type { FileView } from '../typescript/file-view.ts';
import { Oracle } from '../typescript/oracle.ts';
import { ancestors, dirname, join } from '../typescript/paths.ts';
import type { Program } from '../typescript/program.ts';
import { CompilerGone } from '../typescript/session.ts';
import { applyDirectives } from './apply-directives.ts';
import type { AskedFile } from './asked-file.ts';
import { isInPreset, type ResolvedConfig } from './config.ts';
import { directivePattern } from './directives.ts';
import { withDefaults } from './enabled-rules.ts';
import { blockingIn } from './explaining/blocking.ts';
import type { IsInstalled } from './explaining/definition.ts';
import { explainedInterleaving } from './explaining/interleaving.ts';
import { type AskedLine, askedLine, concerns, valuesOn } from './explaining/line.ts';
import { placeInText, placeOfNode } from './explaining/places.ts';
import { surroundingsOf } from './explaining/surroundings.ts';
import { explainValues, isAsync } from './explaining/values.ts';
import { lintFile, type Silence } from './lint-file.ts';
import { unusedDirective } from './own-rules.ts';

export interface ExplainInput extends AskedFile {
  readonly asked: Asked;
}

/**
 * Says what stands on a line, what follows from it, and why each rule spoke or stayed silent. Rules that are off run
 * too, to tell what they would say. Undefined where the file cannot be read. Rejects with the signal's reason once it is
 * aborted, and with CompilerGone when the compiler dies.
 */
export async function explainIn(input: ExplainInput): Promise<Explanation | undefined> {
  const { lease, file, asked, config, host, knowledge, signal } = input;
  const program = lease.program(file);
  const view = await program.view(file);
  if (!view) return undefined;
  const { sourceFile } = view;
  const line = askedLine(sourceFile, asked);
  const run = await runRules(input, program, view, line);
  const placeOf = placesFrom(view, host);
  const types = new Oracle(program);
  const facts = new Facts(types, knowledge);
  const blocking = await blockingIn(sourceFile, facts);
  const { values, plainCalls, isCut } = await explainValues(valuesOn(sourceFile, line), {
    ...{ types, facts, blocking },
    isInstalled: installedAbove(file, host),
  });
  // A dead compiler leaves gaps in what is said.
  if (lease.isDead()) throw new CompilerGone('The TypeScript compiler ended while it was being asked.');
  signal.throwIfAborted();
  const around = surroundingsOf(sourceFile, line);
  const statement = line.statement && spanOf(line.statement).start < line.span.start ? line.statement : undefined;
  const tsconfig = lease.tsconfig(file);
  return {
    file: view.path,
    text: view.text,
    line: asked.line,
    ...(asked.character !== undefined && { character: asked.character }),
    ...(statement && { statement: placeOfNode(statement) }),
    findings: await Promise.all(run.findings.map((finding) => explainedFinding(finding, placeOf))),
    suppressed: await Promise.all(
      run.suppressed.map(async ({ finding, by }) => ({
        ...(await explainedFinding(finding, placeOf)),
        by: placeInText(view.path, view.text, by),
      })),
    ),
    silences: run.silences.map((silence) => explainedSilence(silence, view)),
    quiet: run.quiet,
    off: run.off,
    values,
    plainCalls,
    isCut,
    ...(around && { around }),
    preset: config.preset,
    ...(config.file !== undefined && { config: config.file }),
    ...(tsconfig !== undefined && { tsconfig }),
    notes: [...lease.notes(file), ...run.notes],
    dependsOn: [...new Set([...run.dependsOn, ...types.consulted, ...config.dependsOn])].sort(compareText),
  };
}

/** Whether anything on a line is a promise, gives one, or waits. */
export async function isAsyncAt({ lease, file, knowledge }: AskedFile, asked: Asked): Promise<boolean> {
  const program = lease.program(file);
  const view = await program.view(file);
  if (!view) return false;
  const found = valuesOn(view.sourceFile, askedLine(view.sourceFile, asked));
  return found.functions.length > 0 || isAsync(found, new Oracle(program), knowledge);
}

interface RulesOnLine {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly by: Span }[];
  readonly silences: readonly Silence[];
  readonly quiet: readonly string[];
  readonly off: readonly RuleOff[];
  readonly notes: readonly Note[];
  readonly dependsOn: readonly string[];
}

/** Runs every rule over the file and keeps what is about the line. */
async function runRules(input: ExplainInput, program: Program, view: FileView, line: AskedLine): Promise<RulesOnLine> {
  const { config, rules, enabled, knowledge, host, signal } = input;
  const on = new Set(enabled.map(({ rule }) => rule.id));
  const others = rules.filter(({ id }) => !on.has(id)).map(withDefaults);
  const silences: Silence[] = [];
  const visited = new Set<string>();
  const watcher = {
    visited: (rule: string, node: Node): void => {
      if (concerns(line, spanOf(node))) visited.add(rule);
    },
    silent: (silence: Silence): void => {
      if (concerns(line, silence.span)) silences.push(silence);
    },
  };
  const now = (): number => host.now();
  const run = await lintFile(program, view, [...enabled, ...others], knowledge, now, signal, watcher);
  const outcome = applyDirectives({
    file: view.path,
    text: view.text,
    comments: commentsMatching(view.sourceFile, directivePattern),
    findings: run.findings.filter(({ rule }) => on.has(rule)),
    rules,
    ran: on,
    unusedSeverity: config.rules.get(unusedDirective.id)?.severity,
  });
  const here = ({ span }: Finding): boolean => concerns(line, span);
  const findings = outcome.findings.filter(here);
  const suppressed = [...outcome.suppressedBy]
    .filter(([finding]) => here(finding))
    .map(([finding, directive]) => ({ finding, by: directive.comment }));
  const ofOthers = run.findings.filter((finding) => !on.has(finding.rule) && here(finding));
  const spoke = new Set([...findings, ...suppressed.map(({ finding }) => finding)].map(({ rule }) => rule));
  const isSilent = new Set(silences.map(({ rule }) => rule));
  return {
    findings,
    suppressed,
    silences: distinct(silences).filter(({ rule }) => on.has(rule)),
    quiet: [...on].filter((rule) => visited.has(rule) && !spoke.has(rule) && !isSilent.has(rule)),
    off: others.map(({ rule }): RuleOff => {
      const found = ofOthers.filter((finding) => finding.rule === rule.id);
      return {
        rule: rule.id,
        by: isOffByConfig(rule, config) ? 'config' : 'preset',
        findings: found.map(({ message, severity }) => ({ message, severity })),
      };
    }),
    notes: run.failures.map(({ rule, error }) => ({ level: 'error', rule, text: `${rule} failed: ${error.message}` })),
    dependsOn: run.dependsOn,
  };
}

/** A visitor for each of two kinds of node may come to the same reason. */
function distinct(silences: readonly Silence[]): readonly Silence[] {
  return [
    ...new Map(
      silences.map((silence) => [`${silence.rule} ${silence.span.start} ${silence.reason}`, silence]),
    ).values(),
  ];
}

function installedAbove(file: string, host: Host): IsInstalled {
  return async (name) => {
    for (const folder of ancestors(dirname(file)))
      if ((await host.kind(join(folder, `node_modules/${name}`))) === 'directory') return true;
    return false;
  };
}

/** Places in whatever file, whose texts are read through the host. */
function placesFrom(view: FileView, host: Host): (location: Location) => Promise<Place> {
  return async ({ file, span }) => {
    const text = file === view.path ? view.text : await host.readFile(file);
    return placeInText(file, text ?? '', span);
  };
}

async function explainedFinding(
  { rule, key, message, why, help, severity, span, file, related, interleaving }: Finding,
  placeOf: (location: Location) => Promise<Place>,
): Promise<ExplainedFinding> {
  const places = await Promise.all(related.map(placeOf));
  return {
    ...{ rule, key, message, why, help, severity, span },
    place: await placeOf({ file, span }),
    related: related.map((each, index) => ({ message: each.message, place: places[index] as Place })),
    ...(interleaving && { interleaving: await explainedInterleaving(interleaving, placeOf) }),
  };
}

function explainedSilence({ rule, span, reason }: Silence, view: FileView): ExplainedSilence {
  return { rule, reason, place: placeInText(view.path, view.text, span) };
}

function isOffByConfig(rule: Rule, config: ResolvedConfig): boolean {
  return isInPreset(rule.preset, config.preset);
}
