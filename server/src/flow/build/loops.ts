/** Loops. A head that is reached again joins the step that is there, so that every loop is a cycle of the graph. */
import { isVariableDeclarationList, type Node } from '../../typescript/ast.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import type { GraphBuilder, Paths, Target } from './builder.ts';
import { condition } from './conditions.ts';
import { expression } from './expressions.ts';
import { disposing, statement, variables } from './statements.ts';
import { assignTo, declareNames } from './targets.ts';
import { guardedOnTheWayOut } from './unwinding.ts';

type Loop = Node & { readonly expression: Node; readonly statement: Node };

function targets(): { readonly breaks: Target; readonly continues: Target } {
  return { breaks: { kind: 'break', arrived: [] }, continues: { kind: 'continue', arrived: [] } };
}

export function whileLoop(node: Loop, labels: readonly string[], b: GraphBuilder): void {
  const { breaks, continues } = targets();
  const head = b.step('loop', node);
  const { whenTrue, whenFalse } = condition(node.expression, b);
  b.at = whenTrue;
  b.frames.push({ kind: 'jump', labels, takesPlainBreak: true, breaks, continues });
  statement(node.statement, b);
  b.frames.pop();
  b.join([...b.at, ...continues.arrived], head);
  b.at = [...whenFalse, ...breaks.arrived];
}

export function doWhile(node: Loop, labels: readonly string[], b: GraphBuilder): void {
  const { breaks, continues } = targets();
  const head = b.step('loop', node);
  b.frames.push({ kind: 'jump', labels, takesPlainBreak: true, breaks, continues });
  statement(node.statement, b);
  b.frames.pop();
  b.at = [...b.at, ...continues.arrived];
  const { whenTrue, whenFalse } = condition(node.expression, b);
  b.join(whenTrue, head);
  b.at = [...whenFalse, ...breaks.arrived];
}

type For = Node & {
  readonly initializer?: Node;
  readonly condition?: Node;
  readonly incrementor?: Node;
  readonly statement: Node;
};

export function forLoop(node: For, labels: readonly string[], b: GraphBuilder): void {
  const { initializer } = node;
  if (!initializer || !isVariableDeclarationList(initializer)) {
    if (initializer) expression(initializer, b);
    return rounds(node, labels, b);
  }
  variables(initializer, b);
  if (isUsing(initializer)) disposing(initializer, b, () => rounds(node, labels, b));
  else rounds(node, labels, b);
}

function rounds(node: For, labels: readonly string[], b: GraphBuilder): void {
  const { breaks, continues } = targets();
  let leaves: Paths = [];
  const head = b.step('loop', node);
  if (node.condition) {
    const { whenTrue, whenFalse } = condition(node.condition, b);
    leaves = whenFalse;
    b.at = whenTrue;
  }
  b.frames.push({ kind: 'jump', labels, takesPlainBreak: true, breaks, continues });
  statement(node.statement, b);
  b.frames.pop();
  b.at = [...b.at, ...continues.arrived];
  if (node.incrementor) expression(node.incrementor, b);
  b.join(b.at, head);
  b.at = [...leaves, ...breaks.arrived];
}

type ForEach = Loop & { readonly initializer: Node; readonly awaitModifier?: Node };

/** `for…of`, `for await` and `for…in`. Leaving a `for await` early waits until its iterator has ended. */
export function forEach(node: ForEach, labels: readonly string[], b: GraphBuilder): void {
  const { breaks, continues } = targets();
  const waits = node.awaitModifier !== undefined;
  expression(node.expression, b);
  const head = b.step('iterate', node, { suspends: waits, mayFault: true });
  b.at = b.side(head, 'next');
  b.frames.push({ kind: 'jump', labels, takesPlainBreak: true, breaks });
  const body = (): void => {
    b.frames.push({ kind: 'jump', labels, takesPlainBreak: false, continues });
    element(node, b);
    b.frames.pop();
  };
  if (waits) guardedOnTheWayOut(b, body, () => b.step('close', node, { suspends: true, mayFault: true }));
  else body();
  b.frames.pop();
  b.join([...b.at, ...continues.arrived], head);
  b.at = [...b.side(head, 'done'), ...breaks.arrived];
}

function element({ initializer, statement: body }: ForEach, b: GraphBuilder): void {
  if (!isVariableDeclarationList(initializer)) {
    assignTo(initializer, b);
    return statement(body, b);
  }
  for (const { name } of initializer.declarations) declareNames(name, b);
  if (isUsing(initializer)) disposing(initializer, b, () => statement(body, b));
  else statement(body, b);
}
