/** Reads and writes the texts of `cases/`; see README.md. */

/** One question in a file of a case. */
export interface Question {
  /** The line that it stands in, from 0. */
  readonly line: number;
  /** The line of code that it is about, from 0. */
  readonly about: number;
  readonly fact: string;
  /** The text of the node that is meant; undefined for the first that fits. */
  readonly subject: string | undefined;
  readonly answer: string;
}

export interface CaseFile {
  readonly name: string;
  readonly text: string;
  readonly questions: readonly Question[];
}

const heading = /^--- (\S+)$/;
const question = /^(\s*)(?:\/\/|\{\/\*) \? (\w+)(?:\((.*?)\))? → (.*?)(?: \*\/\})?$/;

/** Throws an Error that says where a text does not follow the format. */
export function parseCase(text: string): readonly CaseFile[] {
  const files: { readonly name: string; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const name = heading.exec(line)?.[1];
    if (name !== undefined) files.push({ name, lines: [] });
    else if (files.length > 0) files.at(-1)?.lines.push(line);
    else if (line.trim() !== '' && !line.startsWith('#')) throw new Error(`"${line}" stands before the first file.`);
  }
  return files.map(({ name, lines }) => ({ name, text: lines.join('\n'), questions: questionsIn(name, lines) }));
}

function questionsIn(name: string, lines: readonly string[]): readonly Question[] {
  let about = -1;
  return lines.flatMap((text, line) => {
    const match = question.exec(text);
    if (!match) {
      if (/\/\/ \?/.test(text)) throw new Error(`${name}:${line + 1}: "${text.trim()}" is no question.`);
      if (text.trim() !== '') about = line;
      return [];
    }
    const [, , fact = '', subject, answer = ''] = match;
    return [{ line, about, fact, subject, answer }];
  });
}

/** The text of a case with other answers. @param answers by file name and line */
export function withAnswers(text: string, answers: ReadonlyMap<string, string>): string {
  let file = '';
  let first = 0;
  return text
    .split('\n')
    .map((line, index) => {
      const name = heading.exec(line)?.[1];
      if (name !== undefined) {
        file = name;
        first = index + 1;
      }
      const answer = answers.get(`${file}:${index - first}`);
      return answer === undefined ? line : line.replace(/ → .*$/, ` → ${answer}`);
    })
    .join('\n');
}
