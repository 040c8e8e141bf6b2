import { isExpressionStatement, type Node } from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';

/**
 * Words beside the statement around a node that say what `void` says: `// fire and forget`. Words that only speak of
 * waiting, `// don't await this`, settle the order and not what becomes of a rejection.
 */
export function isSaidToBeMeant(node: Node, mayReject: boolean, { text }: FileView): boolean {
  let at = node;
  while (at.parent && !isExpressionStatement(at)) at = at.parent;
  const [behind = ''] = text.slice(at.end).split('\n', 1);
  const comment = text.slice(at.pos, at.getStart()) + (/^\s*\/[/*]/.test(behind) ? behind : '');
  return forgotten.test(comment) || (!mayReject && unawaited.test(comment));
}

const forgotten = /fire[- ](?:and|&)[- ]forget/i;

const unawaited =
  /\b(?:do(?:es)?n['’]?t|do(?:es)? not|not|never|no need to|without|un)[ -]?(?:\w+ ){0,2}a?wait(?:ed|ing)?\b/i;
