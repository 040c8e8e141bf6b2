import type { InterleavingPage, InterleavingStep } from './interleaving-page.ts';
import { spotsOf } from './interleaving-page.ts';

/** What the page of a drawing is made of besides the interleaving. */
export interface PageParts {
  /** Allows our own script and style sheet, and nothing else. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly words: PageWords;
}

/** The texts of the page in the user's language; `{0}` and so on stand for what is filled in. */
export interface PageWords {
  readonly turn: string;
  /** Step {0} of {1}, turn {2} */
  readonly step: string;
  readonly keys: string;
  readonly outcome: string;
  readonly evidence: string;
  readonly outdated: string;
}

/**
 * The page that draws an interleaving as two lanes. Each thing that has a place carries the place's index in `spotsOf`
 * as `data-spot`. The steps are a list in the order of events, so that it can be heard as well as seen.
 */
export function interleavingHtml(page: InterleavingPage, { nonce, script, style, words }: PageParts): string {
  const { title, message, rule, tasks, steps, outcome, evidence } = page;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const spotCount = spotsOf(page).length;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="UTF-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<link rel="stylesheet" nonce="${escapeHtml(nonce)}" href="${escapeHtml(style)}">`,
    '</head>',
    '<body>',
    `<h1>${withCode(message)}</h1>`,
    `<p class="rule">${escapeHtml(rule)}</p>`,
    `<p class="outdated" role="status" hidden>${escapeHtml(words.outdated)}</p>`,
    '<div class="row head">',
    `<span class="turn">${escapeHtml(words.turn)}</span>`,
    ...tasks.map(
      ({ name, at }, index) =>
        `<h2 class="lane">${button(steps.length + index, 'place', withCode(name), `${name}, ${at.label}`)}</h2>`,
    ),
    '</div>',
    '<ol class="steps">',
    ...steps.map((step, index) => stepRow(page, step, index, words)),
    '</ol>',
    `<p class="outcome"><strong>${escapeHtml(words.outcome)}</strong> ${withCode(outcome)}</p>`,
    `<p class="evidence"><strong>${escapeHtml(words.evidence)}</strong> ${withCode(evidence.text)}${
      evidence.at ? ` ${button(spotCount - 1, 'place', escapeHtml(evidence.at.label), evidence.at.label)}` : ''
    }</p>`,
    `<p class="keys">${escapeHtml(words.keys)}</p>`,
    `<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function stepRow({ tasks, steps }: InterleavingPage, step: InterleavingStep, index: number, words: PageWords): string {
  const isFirst = steps[index - 1]?.turn !== step.turn;
  const heard = [
    filled(words.step, [index + 1, steps.length, step.turn]),
    `${tasks[step.task]?.name ?? ''} ${step.text}${step.note === undefined ? '' : `: ${step.note}`}`,
    step.at.label,
  ].join('. ');
  const content = [
    `<span class="text">${withCode(step.text)}</span>`,
    ...(step.note === undefined ? [] : [`<span class="note">${withCode(step.note)}</span>`]),
    `<span class="where">${escapeHtml(step.at.label)}</span>`,
  ].join('');
  const lanes = tasks.map((_, task) => {
    const own = task === step.task ? button(index, `step ${escapeHtml(step.kind)}`, content, heard) : '';
    return `<div class="lane ${laneState(steps, task, index)}">${own}</div>`;
  });
  return [
    `<li class="row ${step.turn % 2 === 0 ? 'even' : 'odd'}${isFirst ? ' first' : ''}">`,
    `<span class="turn" aria-hidden="true">${isFirst ? step.turn : ''}</span>`,
    ...lanes,
    '</li>',
  ].join('');
}

/** What a lane's task does while a step happens: it runs, it waits between two of its steps, or it is not there. */
function laneState(steps: readonly InterleavingStep[], task: number, index: number): 'runs' | 'waits' | 'idle' {
  if (steps[index]?.task === task) return 'runs';
  const isOwn = (step: InterleavingStep): boolean => step.task === task;
  return steps.slice(0, index).some(isOwn) && steps.slice(index).some(isOwn) ? 'waits' : 'idle';
}

/** One stop for the Tab key among the steps; arrows lead from one to the next. */
function button(spot: number, kind: string, content: string, heard: string): string {
  const tab = kind.startsWith('step') && spot > 0 ? ' tabindex="-1"' : '';
  return `<button type="button" class="${kind}" data-spot="${spot}"${tab} aria-label="${escapeHtml(heard)}">${content}</button>`;
}

/** What stands between backticks is code. */
function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** Makes any text harmless between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function filled(text: string, values: readonly number[]): string {
  return text.replaceAll(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
