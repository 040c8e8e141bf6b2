/** JSX: names of components, attributes and children, in order. The elements themselves are only described. */
import { isIdentifier, type Node, SyntaxKind } from '../../typescript/ast.ts';
import type { GraphBuilder } from './builder.ts';
import { expression } from './expressions.ts';

export function buildJsx(node: Node, b: GraphBuilder): void {
  switch (node.kind) {
    case SyntaxKind.JsxElement: {
      const { openingElement, children } = node as Node & {
        readonly openingElement: Node;
        readonly children: readonly Node[];
      };
      buildJsx(openingElement, b);
      for (const child of children) buildJsx(child, b);
      return;
    }
    case SyntaxKind.JsxFragment:
      for (const child of (node as Node & { readonly children: readonly Node[] }).children) buildJsx(child, b);
      return;
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxOpeningElement: {
      const { tagName, attributes } = node as Node & { readonly tagName: Node; readonly attributes: Node };
      if (!isIdentifier(tagName) || /^[A-Z_$]/.test(tagName.text)) expression(tagName, b);
      attributes.forEachChild((attribute) => buildJsx(attribute, b));
      return;
    }
    case SyntaxKind.JsxAttribute: {
      const { initializer } = node as Node & { readonly initializer?: Node };
      if (initializer) buildJsx(initializer, b);
      return;
    }
    case SyntaxKind.JsxExpression:
    case SyntaxKind.JsxSpreadAttribute: {
      const { expression: value } = node as Node & { readonly expression?: Node };
      if (value) expression(value, b);
      return;
    }
    case SyntaxKind.JsxText:
    case SyntaxKind.JsxNamespacedName:
      return;
    default:
      return expression(node, b);
  }
}
