import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  type Node,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** The identifiers of the same text in the file, apart from the declaration, member names and property keys. */
export function usesOf(name: Node & { readonly text: string }, ctx: RuleContext): readonly Node[] {
  return named(name, ctx).filter((node) => !isMemberName(node));
}

/** The accesses to members of the same name in the file: `this.load`, `other.load`. */
export function memberUsesOf(name: Node & { readonly text: string }, ctx: RuleContext): readonly Node[] {
  return named(name, ctx)
    .filter((node) => isPropertyAccessExpression(node.parent) && node.parent.name === node)
    .map((node) => node.parent);
}

function named(name: Node & { readonly text: string }, ctx: RuleContext): readonly Node[] {
  const found: Node[] = [];
  if (ctx.file.text.split(name.text).length <= 2) return found;
  const enter = (node: Node): void => {
    if (isIdentifier(node) && node.text === name.text && node !== name) found.push(node);
    node.forEachChild(enter);
  };
  enter(ctx.file.sourceFile);
  return found;
}

function isMemberName(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  return isPropertyAssignment(parent) && parent.name === node;
}

/** Whether a use is a call. */
export function isCallee(use: Node): boolean {
  return callOf(use) !== undefined;
}

/** The call that a use is the callee of. */
export function callOf(use: Node): Node | undefined {
  const { parent } = use;
  return isCallExpression(parent) && parent.expression === use ? parent : undefined;
}
