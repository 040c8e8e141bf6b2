import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type * as z from 'zod';
import type { RuleMeta } from '../model/rule.ts';
import type { Location, Span } from '../model/span.ts';
import { type Position, textLines } from '../model/text-lines.ts';
import { type ConfigContent, configSchema, severityNames } from './config-schema.ts';
import { nearestName, suggestionText } from './nearest-name.ts';
import { ownRules } from './own-rules.ts';

/** Something wrong in a config file, at an exact place. The command line prints it, editors underline it. */
export interface ConfigProblem extends Location {
  /** Zero-based, of the beginning of the span. */
  readonly start: Position;
  readonly end: Position;
  readonly kind:
    | 'syntax'
    | 'unknown-key'
    | 'unknown-rule'
    | 'unknown-option'
    | 'wrong-value'
    | 'extends'
    | 'unreadable';
  /** One line that says what is wrong and, where it is known, what was probably meant. */
  readonly message: string;
  /** The valid name that is nearest to the one written. */
  readonly nearest?: string;
}

export interface ParsedConfig {
  /** The valid part of the file. */
  readonly content: ConfigContent;
  readonly problems: readonly ConfigProblem[];
  /** Where a setting's value stands; the empty span at the beginning for one that is not there. */
  spanOf(...path: (string | number)[]): Span;
}

/**
 * Reads the text of a config file. Wrong parts become problems and are left out of the content, so that an editor
 * goes on with the rest. Undefined for a package.json that says nothing about asynclint.
 */
export function parseConfig(file: string, text: string, rules: readonly RuleMeta[]): ParsedConfig | undefined {
  const syntaxErrors: ParseError[] = [];
  const tree = parseTree(text, syntaxErrors, { allowTrailingComma: true, allowEmptyContent: true });
  const inPackage = file.endsWith('/package.json');
  const root = inPackage && tree ? findNodeAtLocation(tree, ['asynclint']) : tree;
  if (inPackage && !root) return undefined;

  const report = problemMaker(file, text);
  const problems = syntaxErrors.map((error) =>
    report('syntax', { start: error.offset, end: error.offset + error.length }, syntaxText(error)),
  );
  if (!root) return { content: {}, problems, spanOf: () => ({ start: 0, end: 0 }) };

  const schema = configSchema(rules);
  let value: unknown = getNodeValue(root);
  let result = schema.safeParse(value);
  // Each round takes out what the last one found wrong; the bound only guards against a schema that never agrees.
  for (let round = 0; !result.success && round < 5; round += 1) {
    const issues = result.error.issues.flatMap((issue) => relevantIssues(issue as z.core.$ZodIssue, value));
    if (round === 0) for (const issue of issues) problems.push(...problemsOf(issue, value, root, rules, report));
    value = without(value, issues);
    result = schema.safeParse(value);
  }
  return {
    content: result.success ? result.data : {},
    problems: problems.sort((a, b) => a.span.start - b.span.start),
    spanOf: (...path) => nodeSpan(findNodeAtLocation(root, path) ?? root),
  };
}

type Report = (kind: ConfigProblem['kind'], span: Span, message: string, nearest?: string) => ConfigProblem;

/** Makes problems of one file from offsets. */
export function problemMaker(file: string, text: string): Report {
  const lines = textLines(text);
  return (kind, span, message, nearest) => ({
    file,
    span,
    start: lines.positionAt(span.start),
    end: lines.positionAt(span.end),
    kind,
    message,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** A union fails with the errors of all its members; only those of the member that was meant are of use. */
function relevantIssues(issue: z.core.$ZodIssue, value: unknown): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const input = valueAt(value, issue.path);
  if (typeof input !== 'string' && !isObject(input)) return [issue];
  const [ofSeverity = [], ofObject = []] = issue.errors;
  return (isObject(input) ? ofObject : ofSeverity).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function problemsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  root: Node,
  rules: readonly RuleMeta[],
  report: Report,
): ConfigProblem[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    if (path[0] === 'knowledge' || path[0] === 'provides')
      return issue.keys.map((key) => unknownInKnowledge(key, path, root, report));
    return issue.keys.map((key) => {
      const property = findNodeAtLocation(root, [...path, key])?.parent;
      const span = nodeSpan(property?.children?.[0] ?? root);
      const valid = validKeys(path, rules);
      const nearest = nearestName(key, valid);
      if (path.length === 0) {
        const rest = nearest ? suggestionText(nearest) : `; the settings are ${quotedList(valid, 'and')}`;
        return report('unknown-key', span, `"${key}" is not a setting${rest}`, nearest);
      }
      if (path.length === 1) {
        const rest = nearest ? suggestionText(nearest) : '; `asynclint rules` lists them';
        return report('unknown-rule', span, `There is no rule "${key}"${rest}`, nearest);
      }
      const rest = nearest ? suggestionText(nearest) : `; it takes ${quotedList(valid, 'and')}`;
      return report('unknown-option', span, `Rule "${path[1]}" has no option "${key}"${rest}`, nearest);
    });
  }

  const span = nodeSpan(findNodeAtLocation(root, path) ?? root);
  const input = valueAt(value, path);
  const name = nameOf(path);
  if (issue.code === 'too_small') return [report('wrong-value', span, `${name} may not be empty`)];
  const nearest =
    issue.code === 'invalid_value' && typeof input === 'string'
      ? nearestName(input, issue.values.map(String))
      : undefined;
  const written = shortValue(input);
  return [
    report('wrong-value', span, `${name} takes ${expected(issue)}, not ${written}${suggestionText(nearest)}`, nearest),
  ];
}

function unknownInKnowledge(key: string, path: (string | number)[], root: Node, report: Report): ConfigProblem {
  const property = findNodeAtLocation(root, [...path, key])?.parent;
  const isFunction = path.includes('functions');
  const valid = isFunction
    ? ['callbacks', 'givesPromise', 'needsNoOwner', 'neverRejects', 'blocks']
    : ['functions', 'safePromises'];
  const nearest = nearestName(key, valid);
  const rest = nearest ? suggestionText(nearest) : `; what can be said is ${quotedList(valid, 'and')}`;
  return report('unknown-key', nodeSpan(property?.children?.[0] ?? root), `"${key}" says nothing${rest}`, nearest);
}

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return quotedList(issue.values.map(String), 'or');
  if (issue.code === 'invalid_union')
    return `${quotedList(severityNames, 'or')}, or an object with "severity" and options`;
  if (issue.code !== 'invalid_type') return 'another value';
  if (issue.expected === 'boolean') return 'true or false';
  if (issue.expected === 'array') return 'a list of strings';
  return issue.expected === 'string' ? 'a string' : 'an object';
}

function validKeys(path: readonly (string | number)[], rules: readonly RuleMeta[]): string[] {
  if (path.length === 0) return ['extends', 'preset', 'rules', 'ignore', 'knowledge', 'provides'];
  if (path.length === 1) return [...rules, ...ownRules].map((rule) => rule.id);
  return ['severity', ...Object.keys(rules.find((rule) => rule.id === path[1])?.options ?? {})];
}

function nameOf(path: readonly (string | number)[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'The configuration';
  if (typeof last === 'number') return `An entry of "${path.at(-2)}"`;
  if (path[0] === 'rules' && path.length === 2) return `Rule "${last}"`;
  return path[0] === 'rules' && path.length === 3 ? `"${last}" of rule "${path[1]}"` : `"${last}"`;
}

function shortValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function quotedList(names: readonly string[], last: 'and' | 'or'): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}

function without(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value);
  const paths = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  if (paths.some((path) => path.length === 0)) return {};
  // Later entries of a list go first, so that the indices of earlier ones stay right.
  for (const path of paths.reverse()) {
    const parent = valueAt(copy, path.slice(0, -1));
    const key = path.at(-1);
    if (Array.isArray(parent) && typeof key === 'number') parent.splice(key, 1);
    else if (isObject(parent) && key !== undefined) delete parent[String(key)];
  }
  return copy;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
  return at;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nodeSpan(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

function syntaxText(error: ParseError): string {
  const code = printParseErrorCode(error.error);
  return `This is not valid JSON: ${code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`;
}
