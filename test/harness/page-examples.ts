/** The examples of a rule's page: `✗` blocks, which the rule finds something in, and `✓` blocks, in which it finds nothing. */

export interface PageExample {
  readonly isFound: boolean;
  readonly language: string;
  readonly code: string;
  /** One-based, of the line after the fence. */
  readonly line: number;
}

export interface PageExamples {
  readonly examples: readonly PageExample[];
  /** Declarations that the examples take for granted, from the comment `<!-- given … -->`, which readers do not see. */
  readonly given: string;
}

export function pageExamples(markdown: string): PageExamples {
  const given = /<!-- given\r?\n([\s\S]*?)-->/.exec(markdown)?.[1] ?? '';
  const section = /^## Examples$([\s\S]*?)(?=^## )/m.exec(markdown);
  if (!section) return { examples: [], given };
  const before = markdown.slice(0, section.index).split('\n').length;
  const examples: PageExample[] = [];
  let isFound: boolean | undefined;
  let open: { readonly language: string; readonly lines: string[]; readonly line: number } | undefined;
  for (const [index, line] of section[0].split('\n').entries()) {
    const fence = /^```(\w*)\s*$/.exec(line);
    if (open && fence) {
      if (isFound !== undefined)
        examples.push({ isFound, language: open.language, code: `${open.lines.join('\n')}\n`, line: open.line });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { language: fence[1] || 'ts', lines: [], line: before + index + 1 };
    else if (/^[^\w`]*✗/.test(line)) isFound = true;
    else if (/^[^\w`]*✓/.test(line)) isFound = false;
  }
  return { examples, given };
}
