import {
  type CallExpression,
  type FunctionNode,
  isArrayLiteralExpression,
  isBlock,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';

/** An effect that runs again when something changes, and leaves nothing to clean up. */
export interface Effect {
  readonly call: CallExpression;
  readonly fn: FunctionNode;
  readonly deps: readonly Node[];
  /** The names that stand for a dependency in the effect, with what they stand for. */
  readonly dependent: ReadonlyMap<string, Node>;
}

/** By syntax alone: undefined for effects that run once, that have a clean-up, or whose function stands elsewhere. */
export function effectAt(call: CallExpression): Effect | undefined {
  const [first, second] = call.arguments;
  const fn = first && unwrap(first);
  const list = second && unwrap(second);
  if (!fn || !isFunctionNode(fn) || !fn.body || !isBlock(fn.body)) return undefined;
  if (!list || !isArrayLiteralExpression(list) || list.elements.length === 0 || cleansUp(fn.body)) return undefined;
  // A ref says whether it is the first run, or the newest.
  if (/\.current\b/.test(fn.body.getText())) return undefined;
  return { call, fn, deps: list.elements, dependent: dependentNames(fn.body, list.elements) };
}

/** Whether it gives back something: what that does is taken to be the right thing. */
function cleansUp(body: Node): boolean {
  let found = false;
  walkBody(body, (node) => {
    found ||= isReturnStatement(node) && node.expression !== undefined;
    return !isFunctionNode(node);
  });
  return found;
}

/** `id` of `[id, props.name]` is `id`, and `name`; and so are the constants that are made of them. */
function dependentNames(body: Node, deps: readonly Node[]): ReadonlyMap<string, Node> {
  const names = new Map<string, Node>();
  for (const dep of deps) {
    const at = unwrap(dep);
    // What is called in the effect is no key: `load`, `dispatch`.
    if ((isIdentifier(at) || isPropertyAccessExpression(at)) && !isSteady(lastName(at) ?? ''))
      names.set(at.getText(), dep);
  }
  const look = (node: Node): void => {
    if (
      isVariableDeclaration(node) &&
      node.initializer &&
      isIdentifier(node.name) &&
      !isFunctionNode(unwrap(node.initializer))
    ) {
      const dep = dependencyIn(node.initializer, names);
      if (dep && !/\bawait\b/.test(node.initializer.getText())) names.set(node.name.text, dep);
    }
    node.forEachChild(look);
  };
  look(body);
  return names;
}

/** Whether a name is that of something that a program has one of, and that stands in dependencies only because it has to. */
function isSteady(name: string): boolean {
  const last =
    name
      .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .at(-1) ?? '';
  // Functions are made once, or anew without any other meaning.
  return steadyNames.has(last) || /^(?:create|dispatch|fetch|get|handle|load|on|set|update)[A-Z]/.test(name);
}

const steadyNames = new Set(
  'api app client config configuration context cwd db dir directory dispatch env environment instance library logger manager options provider root router server service session settings storage store workspace'.split(
    ' ',
  ),
);

/** The dependency that an expression has in it as a value: an argument, a part of a text, and not what is called. */
export function dependencyIn(expression: Node, names: ReadonlyMap<string, Node>): Node | undefined {
  let found: Node | undefined;
  const look = (node: Node): void => {
    if (found) return;
    if (isIdentifier(node) || isPropertyAccessExpression(node))
      found = isCalled(node) ? undefined : names.get(node.getText());
    if (!found) node.forEachChild(look);
  };
  look(expression);
  return found;
}

/** The callee of a call, or what its method belongs to. */
function isCalled(node: Node): boolean {
  let at = node;
  while (isPropertyAccessExpression(at.parent) && at.parent.expression === at) at = at.parent;
  const { expression } = at.parent as { readonly expression?: Node };
  return (
    expression === at && 'arguments' in at.parent && (at.parent as Partial<CallExpression>).arguments !== undefined
  );
}
