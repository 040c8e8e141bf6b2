/** Which functions handle requests, and what of their values belongs to one. By names, which are the same everywhere. */
import {
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isIdentifier,
  isVariableDeclaration,
  type Node,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';

const requestNames = /^(?:ctx|req|request)$/;

/** The parameter that is the request: of the function itself, or of the one around it. */
export function requestParameter(fn: FunctionNode): Identifier | undefined {
  const own = fn.parameters
    .map(({ name }) => name)
    .find((name): name is Identifier => isIdentifier(name) && requestNames.test(name.text));
  const outer = own ? undefined : enclosingFunction(fn);
  return outer ? requestParameter(outer) : own;
}

/** Whether a value is made of the request, directly or by local variables. */
export function isOfRequest(value: Node, parameter: Identifier, depth = 0): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (found) return;
    const declared = isIdentifier(node) ? declarationName(node) : undefined;
    if (declared && declared !== node) {
      const holder = declared.parent;
      found =
        declared === parameter ||
        (depth < 2 &&
          isVariableDeclaration(holder) &&
          holder.initializer !== undefined &&
          isOfRequest(holder.initializer, parameter, depth + 1));
    }
    if (!found) node.forEachChild(look);
  };
  look(value);
  return found;
}
