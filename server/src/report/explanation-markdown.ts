import type { Explanation, Place } from '../model/explanation.ts';
import { textLines } from '../model/text-lines.ts';
import { type Row, type Section, sheetOf } from './explanation.ts';

/**
 * The explanation as a Markdown document, which reads well as text too.
 * @param pathOf writes a path as the reader knows it
 * @param uriOf the address of a file
 */
export function explanationMarkdown(
  explanation: Explanation,
  pathOf: (file: string) => string,
  uriOf: (file: string) => string,
): string {
  const { verdict, sections, footer } = sheetOf(explanation, pathOf);
  const { file, line, text } = explanation;
  const link = (place: Place): string => {
    const at = place.start.line + 1;
    const code = place.code === '' ? '' : ` ${inCode(place.code)}`;
    return `[${pathOf(place.file)}:${at}](${uriOf(place.file)}#L${at})${code}`;
  };
  const row = ({ label, text: said, places: [first, ...others], via = '' }: Row): string =>
    [
      `- ${[label === '' ? '' : `**${label}**`, said, first ? link(first) : ''].filter((part) => part !== '').join(' ')}`,
      ...others.map((place) => `  - ${via === '' ? '' : `${via} `}${link(place)}`),
    ].join('\n');
  const section = ({ title, rows }: Section): string => [`### ${title}`, '', ...rows.map(row), ''].join('\n');
  const language = /\.[cm]?jsx?$/.test(file) ? 'js' : 'ts';
  return [
    `# ${verdict}`,
    '',
    `[${pathOf(file)}:${line + 1}](${uriOf(file)}#L${line + 1})`,
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
function inCode(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${code}${fence}` : `${fence} ${code} ${fence}`;
}
