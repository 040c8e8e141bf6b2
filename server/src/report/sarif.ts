import type {
  ArtifactLocation,
  CodeFlow,
  Log,
  Region,
  ReportingDescriptor,
  Result,
  Fix as SarifFix,
  ThreadFlow,
} from 'sarif';
import { ownRules } from '../engine/own-rules.ts';
import type { Finding, Fix, Severity } from '../model/finding.ts';
import type { Interleaving, StepKind } from '../model/interleaving.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { Location } from '../model/span.ts';
import { fixesOf, type Places, placesOf, type Report } from './report.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The report as SARIF 2.1.0, for code scanning. All rules are described, so that a viewer can explain each result. */
export function formatSarif(report: Report): string {
  const places = placesOf(report);
  const rules = [...report.rules.map(describeRule), ...ownRules.map(describeOwnRule)];
  const indices = new Map(rules.map((rule, index) => [rule.id, index]));
  const results = report.results.flatMap((result) =>
    result.findings.map((finding) => toResult(finding, fixesOf(result, finding), indices, places)),
  );
  const log: Log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'asynclint', version: report.version, semanticVersion: report.version, rules } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toResult(
  finding: Finding,
  fixes: readonly Fix[],
  indices: ReadonlyMap<string, number>,
  places: Places,
): Result {
  const ruleIndex = indices.get(finding.rule);
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(finding.severity),
    message: { text: [`${finding.message}.`, finding.why, finding.help].filter((part) => part !== '').join(' ') },
    locations: [{ physicalLocation: physical(finding, places) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((related, id) => ({
        id,
        physicalLocation: physical(related, places),
        message: { text: related.message },
      })),
    }),
    ...(finding.interleaving && { codeFlows: [toCodeFlow(finding.interleaving, places)] }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => toFix(fix, places)) }),
  };
}

/** One thread flow for each task; the execution order leads through both. */
function toCodeFlow({ tasks, steps, outcome, evidence }: Interleaving, places: Places): CodeFlow {
  const numbered = steps.map((step, index) => ({ step, executionOrder: index + 1 }));
  const threadFlows = tasks.map(({ name }, task): ThreadFlow => {
    const own = numbered.filter(({ step }) => step.task === task);
    return {
      id: `task ${task + 1}`,
      message: { text: name },
      locations: own.map(({ step, executionOrder }) => ({
        executionOrder,
        kinds: [...kindsOf[step.kind]],
        location: {
          physicalLocation: physical(step, places),
          message: { text: `${name} ${step.text}${step.note === undefined ? '' : `: ${step.note}`}` },
        },
      })),
    };
  });
  // The format has no thread flow without a place.
  return { message: { text: `${outcome}; ${evidence.text}` }, threadFlows: threadFlows.filter(hasPlaces) };
}

function hasPlaces({ locations }: ThreadFlow): boolean {
  return locations.length > 0;
}

/** In the words of the format where it has one. */
const kindsOf: Readonly<Record<StepKind, readonly string[]>> = {
  calls: ['call'],
  reads: ['value', 'read'],
  checks: ['branch', 'read'],
  suspends: ['suspend'],
  resumes: ['resume'],
  writes: ['value', 'write'],
  acquires: ['acquire', 'lock'],
  releases: ['release', 'lock'],
};

function toFix(fix: Fix, places: Places): SarifFix {
  const files = [...new Set(fix.edits.map((edit) => edit.file))];
  return {
    description: { text: fix.title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file, places),
      replacements: fix.edits
        .filter((edit) => edit.file === file)
        .map((edit) => ({ deletedRegion: region(edit, places), insertedContent: { text: edit.newText } })),
    })),
    properties: { safe: fix.safe },
  };
}

function physical(location: Location, places: Places): { artifactLocation: ArtifactLocation; region: Region } {
  return { artifactLocation: artifact(location.file, places), region: region(location, places) };
}

function artifact(file: string, places: Places): ArtifactLocation {
  const path = places.path(file);
  // A path with a drive or a scheme stands for itself; any other is relative to the folder that was checked.
  if (/^(?:\/|\w+:)/.test(path)) return { uri: encodeURI(/^[A-Za-z]:/.test(path) ? `file:///${path}` : path) };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** One-based, as SARIF counts. */
function region(location: Location, places: Places): Region {
  const { start, end } = places.range(location);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function describeRule(rule: RuleMeta): ReportingDescriptor {
  const messages = Object.values(rule.messages);
  const details = messages.map((message) => `${message.text}. ${message.why} ${message.help}`).join('\n\n');
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: messages[0] ? `${rule.summary}. ${messages[0].why}` : rule.summary },
    help: { text: details === '' ? rule.summary : details },
    defaultConfiguration: { level: levelOf(rule.severity), enabled: rule.preset === 'recommended' },
    properties: { tags: ['async', rule.family], preset: rule.preset },
  };
}

function describeOwnRule(rule: (typeof ownRules)[number]): ReportingDescriptor {
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    help: { text: rule.summary },
    defaultConfiguration: { level: levelOf(rule.severity), enabled: true },
  };
}

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'information' ? 'note' : severity;
}
