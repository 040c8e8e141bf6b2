import { type MarkupContent, MarkupKind } from 'vscode-languageserver/node';
import type { ClientAbilities } from './client-abilities.ts';

/** A page of ours for a client: as Markdown, or without its marks where the client shows plain text only. */
export function markup({ readsMarkdown }: ClientAbilities, markdown: string): MarkupContent {
  if (readsMarkdown) return { kind: MarkupKind.Markdown, value: markdown };
  return { kind: MarkupKind.PlainText, value: plainText(markdown) };
}

/** What our own pages use of Markdown is taken away; code stays as it is, with its backticks. */
function plainText(markdown: string): string {
  return markdown
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : withoutMarks(part)))
    .join('');
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/^---$/gm, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '')
    .replaceAll(/\*([^*\n]+)\*/g, '$1')
    .replaceAll(/\n{3,}/g, '\n\n');
}
