import type { Node } from '../../typescript/ast.ts';

const words = [
  'sequential(?:ly)?|sequence|seriali[sz]ed?|serially|in series|series of',
  'one (?:by one|at a time|after (?:another|the other))|in (?:order|turn)|order (?:matters|is important)|ordering',
  String.raw`(?:not?|without|avoid\w*|don'?t|never|can(?:not|'t)|instead of|rather than)\b[^.]{0,40}(?:parallel\w*|concurren\w*|at once|simultaneous\w*|Promise\.all)`,
  String.raw`race conditions?|rate.?limit\w*|throttl\w*|overload\w*|overwhelm\w*|hammer\w*`,
];
const saysSo = new RegExp(`\\b(?:${words.join('|')})\\b`, 'i');

/** Whether a comment in front of a statement says that its work is done one piece after another on purpose. */
export function saysOneByOne(statement: Node): boolean {
  const source = statement.getSourceFile().text;
  const comment = source.slice(statement.pos, statement.getStart());
  return comment.includes('/') && saysSo.test(comment.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' '));
}
