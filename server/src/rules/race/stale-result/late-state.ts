import type { Flow } from '../../../flow/flow.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { chainCall, chainOf } from '../../../typescript/promise-syntax.ts';
import { dependencyIn, type Effect } from './effect.ts';
import { outerWork } from './outer-work.ts';

/** State that is set to the answer of a request that depends on what the effect runs for. */
export interface LateState {
  /** The setter's name where it is called, or handed to `.then`. */
  readonly setter: Node;
  /** The call of the setter; undefined for `.then(setUser)`. */
  readonly call: CallExpression | undefined;
  /** What people call the state. */
  readonly name: string;
  /** The request. */
  readonly wait: Node;
  readonly dep: Node;
}

export function lateStates(effect: Effect, flow: Flow): readonly LateState[] {
  const found: LateState[] = [];
  let current = effect;
  const look = (node: Node): void => {
    const name = isIdentifier(node) ? stateOf(node) : undefined;
    const state = name === undefined ? undefined : lateAt(node, name, current, flow);
    if (state) found.push(state);
    node.forEachChild(look);
  };
  for (const one of [effect, ...outerWork(effect)]) {
    current = one;
    if (one.fn.body) look(one.fn.body);
  }
  return found;
}

function lateAt(setter: Node, name: string, effect: Effect, flow: Flow): LateState | undefined {
  const outer = wrapped(setter).parent;
  if (!isCallExpression(outer)) return undefined;
  const isCall = outer.expression === wrapped(setter);
  const fn = functionAround(setter, effect) ?? (isAsyncFunction(effect.fn) ? effect.fn : undefined);
  if (isLookedAtFirst(setter, effect)) return undefined;
  if (!isCall) {
    // `load(id).then(setUser)`
    const link = chainCall(outer);
    if (link?.method !== 'then' || link.args[0] !== wrapped(setter)) return undefined;
    return stateFrom(chainOf(outer).start, setter, undefined, name, effect);
  }
  const [value] = outer.arguments;
  if (!value || !fn) return undefined;
  const then = chainCall(wrapped(fn).parent);
  if (then?.method === 'then' && then.args[0] && unwrap(then.args[0]) === fn) {
    const parameters = fn.parameters.flatMap((parameter) => namesOf(parameter.name));
    return mentionsAny(value, parameters)
      ? stateFrom(chainOf(then.call).start, setter, outer, name, effect)
      : undefined;
  }
  if (!isAsyncFunction(fn)) return undefined;
  if (flow.suspensionsBetween([flow.graphOf(fn).entry], flow.graphOf(fn).stepsOf(outer)).length === 0) return undefined;
  // The answer may come in two steps: the second one waits for the body of the first.
  const direct = awaitedIn(value);
  const answers = [direct, answerBehind(direct ?? value, fn)];
  for (const answer of answers) {
    const state = answer && stateFrom(unwrap(answer), setter, outer, name, effect);
    if (state) return state;
  }
  return undefined;
}

function stateFrom(
  wait: Node,
  setter: Node,
  call: CallExpression | undefined,
  name: string,
  effect: Effect,
): LateState | undefined {
  const dep = isCallExpression(wait) ? dependencyIn(wait, effect.dependent) : undefined;
  return dep && { setter, call, name, wait, dep };
}

/** The state behind a setter of `useState`: `user` of `const [user, setUser] = useState()`. */
function stateOf(name: Node & { readonly text: string }): string | undefined {
  if (!/^set[A-Z]/.test(name.text)) return undefined;
  const declared = declarationName(name as Parameters<typeof declarationName>[0]);
  const element = declared?.parent;
  if (!declared || declared === name || !element || !isBindingElement(element)) return undefined;
  const pattern = element.parent as Node & { readonly elements: readonly Node[] };
  const { initializer } = pattern.parent as { readonly initializer?: Node };
  const made = initializer && unwrap(initializer);
  if (pattern.kind !== SyntaxKind.ArrayBindingPattern || pattern.elements[1] !== element) return undefined;
  if (!made || !isCallExpression(made) || lastName(made) !== 'useState') return undefined;
  const [state] = pattern.elements;
  return state && isBindingElement(state) && state.name && isIdentifier(state.name) ? state.name.text : name.text;
}

/** The function inside the effect that a node runs in; undefined for the effect's own. */
function functionAround(node: Node, { fn }: Effect): FunctionNode | undefined {
  for (let at = node.parent; at && at !== fn; at = at.parent) if (isFunctionNode(at)) return at;
  return undefined;
}

/** The operand of an `await` in an expression; nothing where the value is made by a function of the one before. */
function awaitedIn(value: Node): Node | undefined {
  let found: Node | undefined;
  const look = (node: Node): void => {
    if (isFunctionNode(node) || found) return;
    if (isAwaitExpression(node)) found = node.expression;
    else node.forEachChild(look);
  };
  look(value);
  return found;
}

/** The request whose answer a value is made of: `user` of `const user = await load(id)`, `body` of `await response.json()`. */
function answerBehind(value: Node, fn: FunctionNode, depth = 0): Node | undefined {
  if (isFunctionNode(unwrap(value)) || depth > 3) return undefined;
  let found: Node | undefined;
  const look = (node: Node): void => {
    if (found || isFunctionNode(node)) return;
    const declared = isIdentifier(node) ? declarationName(node) : undefined;
    if (declared && declared !== node && isWithin(declared, fn)) {
      const initializer = initializerOf(declared);
      const awaited = initializer && awaitedIn(initializer);
      found = awaited
        ? (answerBehind(awaited, fn, depth + 1) ?? awaited)
        : initializer && answerBehind(initializer, fn, depth + 1);
    }
    if (!found) node.forEachChild(look);
  };
  look(value);
  return found;
}

function initializerOf(declared: Node): Node | undefined {
  let at = declared.parent;
  while (at && !isVariableDeclaration(at)) {
    if (
      !isBindingElement(at) &&
      at.kind !== SyntaxKind.ObjectBindingPattern &&
      at.kind !== SyntaxKind.ArrayBindingPattern
    )
      return undefined;
    at = at.parent;
  }
  return at?.initializer;
}

/** Whether a condition decides about it that says whether the run is still wanted: a flag, a ref, a signal. */
function isLookedAtFirst(setter: Node, { fn }: Effect): boolean {
  for (let at = setter; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && at !== parent.expression && isWanted(parent.expression)) return true;
    const { left, condition } = parent as { readonly left?: Node; readonly condition?: Node };
    if (left && left !== at && isWanted(left)) return true;
    if (condition && condition !== at && isWanted(condition)) return true;
    const { statements = [] } = parent as { readonly statements?: readonly Node[] };
    const before = statements.slice(0, Math.max(0, statements.indexOf(at)));
    if (before.some((statement) => isIfStatement(statement) && isWanted(statement.expression))) return true;
  }
  return false;
}

function isWanted(condition: Node): boolean {
  return /abort|active|alive|cancel|current|dispos|ignore|latest|live|mounted|obsolete|outdated|stale|valid|version|request|token/i.test(
    condition.getText(),
  );
}

function namesOf(name: Node): readonly string[] {
  if (isIdentifier(name)) return [name.text];
  const found: string[] = [];
  name.forEachChild((element) => {
    const inner = (element as { readonly name?: Node }).name;
    if (inner) found.push(...namesOf(inner));
  });
  return found;
}

function mentionsAny(value: Node, names: readonly string[]): boolean {
  let found = false;
  const look = (node: Node): void => {
    // `(before) => ({ ...before, [id]: user })` keeps what belongs to others.
    if (isFunctionNode(node)) return;
    found ||= isIdentifier(node) && names.includes(node.text);
    if (!found) node.forEachChild(look);
  };
  look(value);
  return found;
}
