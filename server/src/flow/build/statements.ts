/** Statements. Function declarations are made where their block begins; types make no steps. */
import { isLoop, type Node, SyntaxKind } from '../../typescript/ast.ts';
import { isAwaitUsing, isUsing } from '../../typescript/promise-syntax.ts';
import type { GraphBuilder, Target } from './builder.ts';
import { classDefinition } from './classes.ts';
import { condition } from './conditions.ts';
import { expression } from './expressions.ts';
import { doWhile, forEach, forLoop, whileLoop } from './loops.ts';
import { declareNames } from './targets.ts';
import { guarded, switchStatement, tryStatement } from './unwinding.ts';

type Part<K extends string> = Node & { readonly [Key in K]: Node };

export function statements(list: readonly Node[], b: GraphBuilder): void {
  for (const one of list) if (one.kind === SyntaxKind.FunctionDeclaration) declaredFunction(one, b);
  from(0);

  /** What follows a `using` declaration is a scope of its own, at whose end the resource is disposed. */
  function from(start: number): void {
    for (const [offset, one] of list.slice(start).entries()) {
      const declarations = (one as { readonly declarationList?: Node }).declarationList;
      if (declarations && isUsing(declarations)) {
        variables(declarations, b);
        const rest = start + offset + 1;
        return disposing(declarations, b, () => from(rest));
      }
      statement(one, b);
    }
  }
}

function declaredFunction(node: Node, b: GraphBuilder): void {
  const { name, body } = node as { readonly name?: Node; readonly body?: Node };
  if (!body) return;
  b.step('capture', node);
  if (name) b.step('write', name);
}

/** Runs the body of a scope and disposes what `using` declared in it, last first, however the scope is left. */
export function disposing(declarations: Node, b: GraphBuilder, body: () => void): void {
  const suspends = isAwaitUsing(declarations);
  const list = (declarations as Node & { readonly declarations: readonly Node[] }).declarations;
  guarded(b, body, () => {
    for (const declaration of list.toReversed()) b.step('dispose', declaration, { suspends, mayFault: true });
  });
}

export function variables(declarationList: Node, b: GraphBuilder): void {
  for (const declaration of (declarationList as Node & { readonly declarations: readonly Node[] }).declarations) {
    const { name, initializer } = declaration as Node & { readonly name: Node; readonly initializer?: Node };
    if (!initializer) continue;
    expression(initializer, b);
    declareNames(name, b);
  }
}

/** Adds the steps of one statement. */
export function statement(node: Node, b: GraphBuilder): void {
  const labels = b.labels;
  b.labels = [];
  switch (node.kind) {
    case SyntaxKind.Block:
    case SyntaxKind.ModuleBlock:
      return statements((node as Node & { readonly statements: readonly Node[] }).statements, b);
    case SyntaxKind.VariableStatement:
      return variables((node as Part<'declarationList'>).declarationList, b);
    case SyntaxKind.ExpressionStatement:
    case SyntaxKind.ExportAssignment:
      return expression((node as Part<'expression'>).expression, b);
    case SyntaxKind.IfStatement:
      return ifStatement(node as Parameters<typeof ifStatement>[0], b);
    case SyntaxKind.ReturnStatement: {
      const { expression: value } = node as Node & { readonly expression?: Node };
      if (value) expression(value, b);
      // An async generator awaits what it returns.
      const waits = b.isAsyncGenerator && value !== undefined;
      b.step('return', node, { suspends: waits, mayFault: waits });
      return b.jump(b.returns);
    }
    case SyntaxKind.ThrowStatement: {
      expression((node as Part<'expression'>).expression, b);
      const step = b.step('throw', node);
      b.raise(b.side(step, 'throw'));
      b.at = [];
      return;
    }
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement: {
      const { label } = node as Node & { readonly label?: { readonly text: string } };
      const kind = node.kind === SyntaxKind.BreakStatement ? 'break' : 'continue';
      const target = b.jumpTarget(kind, label?.text);
      return target && b.jump(target);
    }
    case SyntaxKind.LabeledStatement:
      return labeled(node as Parameters<typeof labeled>[0], labels, b);
    case SyntaxKind.WhileStatement:
      return whileLoop(node as Part<'expression' | 'statement'>, labels, b);
    case SyntaxKind.DoStatement:
      return doWhile(node as Part<'expression' | 'statement'>, labels, b);
    case SyntaxKind.ForStatement:
      return forLoop(node as Parameters<typeof forLoop>[0], labels, b);
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
      return forEach(node as Parameters<typeof forEach>[0], labels, b);
    case SyntaxKind.SwitchStatement:
      return switchStatement(node as Parameters<typeof switchStatement>[0], b);
    case SyntaxKind.TryStatement:
      return tryStatement(node as Parameters<typeof tryStatement>[0], b);
    case SyntaxKind.WithStatement:
      expression((node as Part<'expression'>).expression, b);
      return statement((node as Part<'statement'>).statement, b);
    case SyntaxKind.ClassDeclaration:
      return classDefinition(node, b);
    case SyntaxKind.EnumDeclaration:
      for (const { initializer } of (node as Node & { readonly members: readonly { readonly initializer?: Node }[] })
        .members)
        if (initializer) expression(initializer, b);
      return;
    case SyntaxKind.ModuleDeclaration: {
      const { body } = node as Node & { readonly body?: Node };
      return body && statement(body, b);
    }
    default:
      // Function declarations were made where their block began; imports, exports, types and `debugger` do nothing here.
      return undefined;
  }
}

function ifStatement(
  node: Node & { readonly expression: Node; readonly thenStatement: Node; readonly elseStatement?: Node },
  b: GraphBuilder,
): void {
  const { whenTrue, whenFalse } = condition(node.expression, b);
  b.at = whenTrue;
  statement(node.thenStatement, b);
  const first = b.at;
  b.at = whenFalse;
  if (node.elseStatement) statement(node.elseStatement, b);
  b.at = [...first, ...b.at];
}

function labeled(
  node: Node & { readonly label: { readonly text: string }; readonly statement: Node },
  outer: readonly string[],
  b: GraphBuilder,
): void {
  const labels = [...outer, node.label.text];
  if (isLoop(node.statement) || node.statement.kind === SyntaxKind.LabeledStatement) {
    b.labels = labels;
    return statement(node.statement, b);
  }
  const breaks: Target = { kind: 'break', arrived: [] };
  b.frames.push({ kind: 'jump', labels, takesPlainBreak: false, breaks });
  statement(node.statement, b);
  b.frames.pop();
  b.at = [...b.at, ...breaks.arrived];
}
