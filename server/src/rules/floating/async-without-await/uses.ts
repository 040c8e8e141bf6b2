import {
  isCallExpression,
  isIdentifier,
  isPropertyAssignment,
  type Node,
  SyntaxKind,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** The identifiers of the same text in the file, apart from the declaration, member names and property keys. */
export function usesOf(name: Node & { readonly text: string }, ctx: RuleContext): readonly Node[] {
  const found: Node[] = [];
  if (ctx.file.text.split(name.text).length <= 2) return found;
  const enter = (node: Node): void => {
    if (isIdentifier(node) && node.text === name.text && node !== name && !isMemberName(node)) found.push(node);
    node.forEachChild(enter);
  };
  enter(ctx.file.sourceFile);
  return found;
}

function isMemberName(node: Node): boolean {
  const { parent } = node;
  if (parent.kind === SyntaxKind.PropertyAccessExpression)
    return (parent as Node & { readonly name: Node }).name === node;
  return isPropertyAssignment(parent) && parent.name === node;
}

/** Whether a use is a call. */
export function isCallee(use: Node): boolean {
  const { parent } = use;
  return isCallExpression(parent) && parent.expression === use;
}
