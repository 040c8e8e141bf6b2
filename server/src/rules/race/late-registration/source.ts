import {
  type Identifier,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isVariableDeclaration,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import type { RuleContext } from '../../define.ts';

export interface Source {
  readonly variable: Identifier;
  /** The name where it is put into the variable. */
  readonly written: Node;
  /** What may happen to it by itself from then on. */
  readonly events: ReadonlySet<string>;
}

/** What a local constant was made by, if that is known to have events of its own at once. */
export async function eventsOfSource(source: Node, ctx: RuleContext): Promise<Source | undefined> {
  const variable = isIdentifier(source) ? declarationName(source) : undefined;
  const declaration = variable?.parent;
  if (!variable || !declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const value = unwrap(declaration.initializer);
  // Who waits for it gets it when it is ready.
  if (isAwaitExpression(value) || (!isCallExpression(value) && !isNewExpression(value))) return undefined;
  const events = ctx.knowledge.registration.eventsOf(await ctx.types.origins(value.expression));
  return events && { variable, written: variable, events };
}
