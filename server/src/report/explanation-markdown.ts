import type { ExplainedInterleaving, Explanation, Place } from '../model/explanation.ts';
import { textLines } from '../model/text-lines.ts';
import { type Row, type Section, sheetOf } from './explanation.ts';
import { drawInterleaving, stepSentence, usualWidth } from './interleaving-text.ts';

/**
 * The explanation as a Markdown document, which reads well as text too.
 * @param pathOf writes a path as the reader knows it
 * @param linkTo what leads to a file; undefined where nothing does
 */
export function explanationMarkdown(
  explanation: Explanation,
  pathOf: (file: string) => string,
  linkTo: (file: string) => string | undefined,
): string {
  const { verdict, sections, footer } = sheetOf(explanation, pathOf);
  const { file, line, text } = explanation;
  const link = (place: Place): string => {
    const at = place.start.line + 1;
    const name = `${pathOf(place.file)}:${at}`;
    const address = linkTo(place.file);
    const code = place.code === '' ? '' : ` ${inCode(place.code)}`;
    return `${address === undefined ? name : `[${name}](${address}#L${at})`}${code}`;
  };
  const row = ({ label, text: said, places: [first, ...others], via = '' }: Row): string =>
    [
      `- ${[label === '' ? '' : `**${label}**`, said, first ? link(first) : ''].filter((part) => part !== '').join(' ')}`,
      ...others.map((place) => `  - ${via === '' ? '' : `${via} `}${link(place)}`),
    ].join('\n');
  const drawn = (interleaving: ExplainedInterleaving): readonly string[] => [
    '',
    '```',
    ...drawInterleaving(interleaving, { pathOf, width: usualWidth }),
    '```',
    '',
    ...interleaving.steps.map((step, index) => {
      const { task, place } = step;
      return `${index + 1}. ${stepSentence(interleaving.tasks[task].name, step)} ${link({ ...place, code: '' })}`;
    }),
  ];
  const section = ({ title, rows, interleaving }: Section): string =>
    [`### ${title}`, '', ...rows.map(row), ...(interleaving ? drawn(interleaving) : []), ''].join('\n');
  const language = /\.[cm]?jsx?$/.test(file) ? 'js' : 'ts';
  return [
    `# ${verdict}`,
    '',
    link({ file, start: { line, character: 0 }, end: { line, character: 0 }, code: '' }),
    '',
    `\`\`\`${language}`,
    textLines(text).lineText(line).trim(),
    '```',
    '',
    ...sections.map(section),
    '---',
    '',
    footer.map((each) => `${each}  `).join('\n'),
    '',
  ].join('\n');
}

/** Code in backticks, whatever backticks it has itself. */
export function inCode(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${code}${fence}` : `${fence} ${code} ${fence}`;
}
