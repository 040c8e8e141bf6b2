import type { Flow } from '../../../flow/flow.ts';
import type { CallExpression, FunctionNode, Node } from '../../../typescript/ast.ts';
import { SyntaxKind } from '../../../typescript/ast.ts';

/** Whether the element, or something in the form, is disabled at times. */
export function isSwitchedOff(attribute: Node, event: string): boolean {
  const opening = attribute.parent.parent;
  const scope = event === 'onSubmit' ? opening.parent : opening;
  return /\b(?:disabled|isDisabled|aria-disabled|loading|isLoading|pending|inert)\b/.test(scope.getText());
}

/**
 * Whether something happens before the call that a second event could notice: a flag or state is set, a dialog is
 * closed, the control is disabled, an earlier run is aborted. Or whether a flag is looked at.
 */
export function isGuarded(fn: FunctionNode, call: CallExpression, flow: Flow): boolean {
  const graph = flow.graphOf(fn);
  const before = flow.stepsBefore(graph.stepsOf(call));
  return [...before].some(({ kind, node }) => {
    if (kind === 'write') return !isDeclaration(node);
    if (kind === 'branch') return true;
    if (kind !== 'call') return false;
    const { expression } = node as { readonly expression?: Node };
    return /(?:^|\.)(?:set[A-Z]\w*|abort|close\w*|cancel\w*|dispatch|disable\w*|confirm|hide\w*|lock\w*|prompt|start\w*)$/.test(
      expression?.getText() ?? '',
    );
  });
}

/** `const data = …` says nothing to others. */
function isDeclaration({ parent }: Node): boolean {
  return (
    parent.kind === SyntaxKind.VariableDeclaration ||
    parent.kind === SyntaxKind.BindingElement ||
    parent.kind === SyntaxKind.Parameter
  );
}
