import { isExpressionStatement, type Node } from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';

/** `// fire and forget`, `// not awaited: …`: words beside the statement around a node that say what `void` says. */
export function isSaidToBeMeant(node: Node, { text }: FileView): boolean {
  let at = node;
  while (at.parent && !isExpressionStatement(at)) at = at.parent;
  const [behind = ''] = text.slice(at.end).split('\n', 1);
  return meant.test(text.slice(at.pos, at.getStart())) || (/^\s*\/[/*]/.test(behind) && meant.test(behind));
}

const meant =
  /fire[- ](?:and|&)[- ]forget|\b(?:do(?:es)?n['’]?t|do(?:es)? not|not|never|no need to|without|un)[ -]?(?:\w+ ){0,2}a?wait(?:ed|ing)?\b/i;
