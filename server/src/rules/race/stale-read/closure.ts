import type { Location } from '../../../model/span.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import type { Context } from './context.ts';

/** A state of a component that is set, behind a wait, to what is made of the value that it had when the function was made. */
interface OldState {
  readonly call: CallExpression;
  readonly fn: FunctionNode;
  readonly value: Node;
  readonly state: string;
  /** Where the value names the state. */
  readonly read: Node;
  /** The call of `useState`. */
  readonly hook: CallExpression;
}

/** `const [todos, setTodos] = useState([]); … const todo = await create(); setTodos([...todos, todo]);` */
export function checkClosure(call: CallExpression, ctx: Context): Promise<void> | undefined {
  const found = /^set[A-Z]/.test(lastName(call) ?? '') && !ctx.file.isTest ? oldState(call) : undefined;
  return found && isLate(found, ctx) ? report(found, ctx) : undefined;
}

function oldState(call: CallExpression): OldState | undefined {
  const [argument, another] = call.arguments;
  const setter = unwrap(call.expression);
  const fn = enclosingFunction(call);
  if (!argument || another || !fn || !isIdentifier(setter)) return undefined;
  const value = unwrap(argument);
  const copied = copiedIn(value);
  const declared = copied.length > 0 ? declarationName(setter)?.parent : undefined;
  if (!declared || !isBindingElement(declared)) return undefined;
  const pattern = declared.parent as Node & { readonly elements: readonly Node[] };
  const declaration = pattern.parent;
  const hook = isVariableDeclaration(declaration) && declaration.initializer && unwrap(declaration.initializer);
  const [first] = pattern.elements;
  if (pattern.kind !== SyntaxKind.ArrayBindingPattern || pattern.elements[1] !== declared) return undefined;
  if (!hook || !isCallExpression(hook) || lastName(hook) !== 'useState' || isWithin(declaration, fn)) return undefined;
  const name = first && isBindingElement(first) ? first.name : undefined;
  const read = copied.find((node) => isIdentifier(node) && declarationName(node) === name);
  return read && name ? { call, fn, value, state: name.getText(), read, hook } : undefined;
}

/** What a new list or object is made of: `[...todos, todo]`, `{ ...form, name }`, `todos.filter(…)`. */
function copiedIn(value: Node): readonly Node[] {
  if (isArrayLiteralExpression(value))
    return value.elements.flatMap((part) => (isSpreadElement(part) ? root(part.expression) : []));
  if (isObjectLiteralExpression(value))
    return value.properties.flatMap((part) =>
      part.kind === SyntaxKind.SpreadAssignment ? root((part as Node & { readonly expression: Node }).expression) : [],
    );
  const callee = isCallExpression(value) ? unwrap(value.expression) : undefined;
  if (!callee || !isPropertyAccessExpression(callee)) return [];
  return /^(?:concat|filter|map|toSpliced|toSorted|with)$/.test(callee.name.text) ? root(callee.expression) : [];
}

function root(node: Node): readonly Node[] {
  let at = unwrap(node);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? [at] : [];
}

/** Behind an `await` of its function, or in a callback of `then`. */
function isLate({ call, fn }: OldState, ctx: Context): boolean {
  const outer = wrapped(fn).parent;
  if (isCallExpression(outer) && lastName(outer) === 'then' && outer.arguments[0] === wrapped(fn)) return true;
  const graph = ctx.flow.graphOf(fn);
  // Also in the `catch` around what was waited for.
  const late = ctx.flow.stepsAfter(
    graph.steps.filter(({ suspends }) => suspends),
    { exceptions: true },
  );
  return graph.stepsOf(call).some((step) => late.has(step));
}

async function report({ call, fn, value, state, read, hook }: OldState, ctx: Context): Promise<void> {
  const origins = await ctx.types.origins(hook.expression);
  if (!origins.some(({ module }) => /^(?:react|preact)(?:\/|$)/.test(module))) return;
  const file = ctx.file.path;
  const at = (node: Node): Location => ({ file, span: spanOf(node) });
  const callee = unwrap(call.expression);
  const sets = `sets \`${state}\``;
  ctx.report('closure', callee, {
    data: { place: state },
    related: [{ ...at(read), message: 'what it was when the component was shown' }],
    interleaving: {
      tasks: [
        { name: 'a run of this function', ...at(fn) },
        { name: 'another run', ...at(fn) },
      ],
      steps: [
        { task: 0, kind: 'suspends', text: 'waits', ...at(fn) },
        { task: 1, kind: 'suspends', text: 'waits', ...at(fn) },
        { task: 1, kind: 'writes', text: sets, ...at(callee) },
        { task: 0, kind: 'writes', text: sets, note: 'made of the value before both', ...at(callee) },
      ],
      outcome: `what the other run has put into \`${state}\` is lost`,
      evidence: { text: `the function keeps the \`${state}\` of the time when it was made`, at: at(read) },
    },
    fixes: () => {
      if (waits(value)) return [];
      const isObject = isObjectLiteralExpression(value);
      return [
        ctx.fix.choice(
          `Make it of the newest \`${state}\``,
          ctx.fix.before(value, `(${state}) => ${isObject ? '(' : ''}`),
          ...(isObject ? [ctx.fix.after(value, ')')] : []),
        ),
      ];
    },
  });
}

function waits(value: Node): boolean {
  let found = false;
  walkBody(value, (node) => {
    found ||= isAwaitExpression(node);
    return !found && !isFunctionNode(node);
  });
  return found;
}
