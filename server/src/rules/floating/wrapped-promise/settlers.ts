import { type FunctionNode, isIdentifier, type Node } from '../../../typescript/ast.ts';

/** The parameters of an executor, and where they are used. */
export interface Settlers {
  readonly resolve: string;
  readonly reject: string | undefined;
  readonly uses: readonly (Node & { readonly text: string })[];
}

/** Undefined where the parameters are no plain names, or where nothing resolves the promise. */
export function settlersOf({ parameters, body }: FunctionNode): Settlers | undefined {
  const [first, second, ...others] = parameters;
  if (!first || !isIdentifier(first.name) || others.length > 0 || !body) return undefined;
  if (second && !isIdentifier(second.name)) return undefined;
  const resolve = first.name.text;
  const reject = second?.name.getText();
  const uses: (Node & { readonly text: string })[] = [];
  const visit = (node: Node): void => {
    if (isIdentifier(node) && (node.text === resolve || node.text === reject) && !isMemberName(node)) uses.push(node);
    node.forEachChild(visit);
  };
  visit(body);
  return uses.some(({ text }) => text === resolve) ? { resolve, reject, uses } : undefined;
}

function isMemberName(node: Node): boolean {
  return (node.parent as { readonly name?: Node }).name === node;
}
