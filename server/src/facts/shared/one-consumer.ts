/** Cursors and other iterators: whoever reads one waits for `next()` before the next `next()`. */
import { type FunctionNode, isMethodDeclaration, type Node } from '../../typescript/ast.ts';

/**
 * Whether a function takes elements out of an object that is an iterator itself. What puts elements in, such as `push`, may
 * have many callers at once.
 * @param owner the class of the object
 * @param bases the names of the class and of what it extends and implements
 */
export function isReaderOfIterator(fn: FunctionNode, owner: Node, bases: readonly string[]): boolean {
  const { members } = owner as Node & { readonly members: readonly Node[] };
  const names = members.filter(isMethodDeclaration).map(({ name }) => name.getText());
  const isIterator =
    names.includes('next') &&
    (names.includes('[Symbol.asyncIterator]') ||
      bases.some((base) => /^Async(?:Iterator|Iterable|Generator)/.test(base)));
  return isIterator && reads.test(isMethodDeclaration(fn) ? fn.name.getText() : '');
}

const reads =
  /^(?:\[Symbol\.asyncIterator\]|[#_]*(?:(?:try|has|do|get|read|fetch)?[nN]ext\w*|(?:read|pull|peek|fetch|take|skip|return|rewind|drain)(?:[A-Z]\w*)?|toArray|forEach))$/;
