/** Signals that are looked at when all the work is done: `if (signal.aborted) throw …; return result;`. */
import { graphOf } from '../../flow/graph-of.ts';
import { stepsBefore } from '../../flow/reach.ts';
import {
  enclosingFunction,
  type FunctionNode,
  type IfStatement,
  isBlock,
  isFunctionNode,
  isLoop,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  type Node,
  type PropertyAccessExpression,
  unwrap,
} from '../../typescript/ast.ts';

/** A look at a signal behind the last wait of a function, where nothing is left that an abort could spare. */
export interface LateLook {
  /** `options.signal?.aborted`. */
  readonly look: PropertyAccessExpression;
  readonly signal: Node;
  /** The last wait before. */
  readonly wait: Node;
}

/** Asks the compiler nothing: that it is a signal is for the caller to find out. */
export function lateLook(statement: IfStatement): LateLook | undefined {
  const look = unwrap(statement.expression);
  if (!isPropertyAccessExpression(look) || look.name.text !== 'aborted') return undefined;
  const fn = enclosingFunction(statement);
  if (!fn?.body || statement.elseStatement || !throws(statement.thenStatement)) return undefined;
  if (!isLastThing(statement, fn) || isAskedElsewhere(look, fn)) return undefined;
  const graph = graphOf(fn);
  const branches = graph.steps.filter(({ kind, node }) => kind === 'branch' && node === statement.expression);
  const waits = [...stepsBefore(branches)].filter((step) => step.suspends && !step.isDead);
  const last = waits.sort((a, b) => b.index - a.index)[0];
  return last && { look, signal: unwrap(look.expression), wait: last.node };
}

function throws(then: Node): boolean {
  const [only, another] = isBlock(then) ? then.statements : [then];
  return only !== undefined && another === undefined && isThrowStatement(only);
}

/** Whether what follows on every level is no more than a `return`. */
function isLastThing(statement: Node, fn: FunctionNode): boolean {
  for (let at = statement; at !== fn.body && at.parent; at = at.parent) {
    const { parent } = at;
    if (isLoop(parent) || isTryStatement(parent) || isFunctionNode(parent)) return false;
    if (!isBlock(parent)) continue;
    const after = parent.statements.slice(parent.statements.indexOf(at as never) + 1);
    if (after.some((one) => !isReturnStatement(one))) return false;
    // What is awaited or called there is work that an abort spares.
    if (after.some((one) => /\bawait\b|=>|\bfunction\b/.test(one.getText()) || /[\w$]\(/.test(one.getText())))
      return false;
  }
  return true;
}

/** Whether the function looks at the signal in time as well, or listens for its abort. */
function isAskedElsewhere(look: Node, fn: FunctionNode): boolean {
  const text = fn.body?.getText() ?? '';
  const looks = text.match(/\.aborted\b|throwIfAborted|addEventListener\(\s*['"`]abort|onabort/g) ?? [];
  return looks.length !== 1 || look.getText().includes('(');
}
