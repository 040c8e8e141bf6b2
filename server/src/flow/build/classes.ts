/** A class, as the function around it evaluates it: what it extends, names and decorators, then what is static. */
import { hasModifier, type Node, SyntaxKind } from '../../typescript/ast.ts';
import type { GraphBuilder } from './builder.ts';
import { expression } from './expressions.ts';
import { statements } from './statements.ts';
import { computedName } from './targets.ts';

type ClassLike = Node & {
  readonly name?: Node;
  readonly heritageClauses?: readonly { readonly token: SyntaxKind; readonly types: readonly Node[] }[];
  readonly members: readonly Member[];
};

type Member = Node & { readonly name?: Node; readonly initializer?: Node; readonly body?: Node };

/** Methods and the fields of objects are captured with the class: they run later. */
export function classDefinition(node: Node, b: GraphBuilder): void {
  const { heritageClauses = [], members, name } = node as ClassLike;
  decorators(node, b);
  for (const clause of heritageClauses) {
    if (clause.token !== SyntaxKind.ExtendsKeyword) continue;
    for (const base of clause.types) expression(base, b);
  }
  for (const member of members) {
    decorators(member, b);
    computedName(member.name, b);
  }
  b.step('capture', node);
  for (const member of members) {
    if (member.kind === SyntaxKind.ClassStaticBlockDeclaration && member.body) {
      statements((member.body as Node & { readonly statements: readonly Node[] }).statements, b);
    } else if (
      member.kind === SyntaxKind.PropertyDeclaration &&
      hasModifier(member, SyntaxKind.StaticKeyword) &&
      member.initializer
    ) {
      expression(member.initializer, b);
      if (member.name) b.step('write', member.name);
    }
  }
  if (name && node.kind === SyntaxKind.ClassDeclaration) b.step('write', name);
}

function decorators(node: Node, b: GraphBuilder): void {
  const { modifiers = [] } = node as { readonly modifiers?: readonly Node[] };
  for (const modifier of modifiers) {
    if (modifier.kind === SyntaxKind.Decorator)
      expression((modifier as Node & { readonly expression: Node }).expression, b);
  }
}
