/** What anybody could do and hardly anybody will: two calls at once of what an object goes through once in its life. */
import { type FunctionNode, isClassLikeDeclaration, type Node } from '../../typescript/ast.ts';
import { functionName } from '../uses.ts';
import type { Concurrency } from './concurrency.ts';
import { isReaderOfIterator } from './one-consumer.ts';

/** Names of what an object goes through once in its life, where nobody but its maker is expected to call it. */
const onceInALife =
  /^[#_]*(?:(?:perform|do|run|first|handle|on)(?=[A-Z]))?(?:[iI]nit|[iI]nitiali[sz]e|[iI]nitiali[sz]ation|[sS]etup|[bB]ootstrap|activate|setup|start|open|connect|login|bootstrap|sign|join|prepare|configure|register|launch|mount|install|negotiate|boot)(?:[A-Z]\w*)?$/;

/** Whether anybody may make two calls overlap, but hardly anybody will. */
export function isUnlikely({ how, fn }: Concurrency, ofInterest: FunctionNode): boolean {
  if (how !== 'public' && how !== 'exported') return false;
  return [fn, ofInterest].some((one) => onceInALife.test(functionName(one)?.text ?? ''));
}

/** Classes whose objects stand for one operation, by what such classes are called. */
const oneOperation =
  /(?:Invocation|Command|Operation|Request|Job|Task|Query|Visitor|Builder|Migration|Importer|Exporter)(?:_\w+)?$/;

/**
 * Whether only callers in general could make two calls overlap on an object that stands for one operation, by the name of
 * its class or of what that extends, or on an iterator, which one consumer reads.
 */
export function isOneOperation({ how, fn: asked }: Concurrency, fn: FunctionNode): boolean {
  // Elements of a list are objects of their own too.
  if (how !== 'public' && how !== 'exported' && how !== 'each') return false;
  let at: Node | undefined = fn;
  while (at && !isClassLikeDeclaration(at)) at = at.parent;
  if (!at) return false;
  const { name, heritageClauses = [] } = at as {
    readonly name?: Node;
    readonly heritageClauses?: readonly { readonly types: readonly Node[] }[];
  };
  const names = [name, ...heritageClauses.flatMap(({ types }) => types)].map(
    (one) => one?.getText().replace(/<.*$/s, '') ?? '',
  );
  return names.some((text) => oneOperation.test(text)) || isReaderOfIterator(asked, at, names);
}
