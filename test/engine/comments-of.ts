import type { Comment } from '../../server/src/engine/directives.ts';

/** The comments of a text that has none of their signs inside strings. The product takes them from the compiler's scanner. */
export function commentsOf(text: string): Comment[] {
  return [...text.matchAll(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g)].map((match) => {
    const end = match.index + match[0].length;
    const inJsx = /\{\s*$/.test(text.slice(0, match.index)) && /^\s*\}/.test(text.slice(end)) && text.includes('<');
    return { start: match.index, end, text: match[0], inJsx };
  });
}
