/** One step of a scenario: what the info string of a fenced block says, and what stands in the block. */
export interface Step {
  /** `file`, `open`, `edit`, `save`, `close`, `delete`, `apply`, `command`, `settings`, `expect …`. */
  readonly verb: string;
  /** What follows the verb: a file, or a title in quotes. */
  readonly subject: string;
  readonly body: string;
  /** Where the body stands in the document, for `UPDATE=1`. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

const verbs = /^(?:\w+ )?(file|write|open|edit|save|close|delete|apply|command|settings|expect \w+)(?::| |$)(.*)$/;

/** Reads the scenarios of a Markdown document: one under each heading of the second level. */
export function parseScenarios(markdown: string): readonly Scenario[] {
  const scenarios: { name: string; steps: Step[] }[] = [];
  const pattern = /^## (.+)$|^```(.*)\n([\s\S]*?)^```$/gm;
  for (const match of markdown.matchAll(pattern)) {
    const [whole, heading, info, body] = match;
    if (heading !== undefined) {
      scenarios.push({ name: heading.trim(), steps: [] });
      continue;
    }
    const line = markdown.slice(0, match.index).split('\n').length;
    const [, verb, subject] = verbs.exec(info ?? '') ?? [];
    const current = scenarios.at(-1);
    if (verb === undefined || body === undefined || !current) throw new Error(`Line ${line}: what is "${info}"?`);
    const start = match.index + whole.indexOf('\n') + 1;
    current.steps.push({ verb, subject: (subject ?? '').trim(), body, start, end: start + body.length, line });
  }
  return scenarios;
}

/** Puts other bodies in the place of those of some steps. */
export function rewrite(markdown: string, bodies: ReadonlyMap<Step, string>): string {
  let text = markdown;
  for (const [step, body] of [...bodies].sort(([a], [b]) => b.start - a.start)) {
    text = text.slice(0, step.start) + body + text.slice(step.end);
  }
  return text;
}
