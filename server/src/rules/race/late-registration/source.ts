import {
  type ClassLikeDeclaration,
  type Identifier,
  isAwaitExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
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

/** An emitter of the project that is kept in a local constant. */
export interface OwnEmitter {
  readonly variable: Identifier;
  readonly written: Node;
  /** Whether making it, or what it was told to do before a place, brings the event about. */
  readonly isStartedBefore: (place: Node) => boolean;
  /** Whether waiting for this lets the event happen: `await job.run()`. */
  readonly emitsDuring: (wait: Node) => boolean;
}

/** By the text of a class, or of the function that makes it: does it say `emit('event')`? */
export async function ownEmitter(source: Node, event: string, ctx: RuleContext): Promise<OwnEmitter | undefined> {
  const variable = isIdentifier(source) ? declarationName(source) : undefined;
  const declaration = variable?.parent;
  const value =
    declaration && isVariableDeclaration(declaration) && declaration.initializer && unwrap(declaration.initializer);
  if (!variable || !value) return undefined;
  const own = variable.text;
  if (isCallExpression(value)) {
    const functions = await ctx.types.functionsOf(value.expression);
    const emits = functions.some((fn) => fn.body && emitsIn(fn.body.getText(), event));
    return emits ? { variable, written: variable, isStartedBefore: () => true, emitsDuring: () => false } : undefined;
  }
  if (!isNewExpression(value)) return undefined;
  const maker = (await ctx.types.declarationsOf(value.expression)).find(isClassLikeDeclaration);
  if (!maker) return undefined;
  const emitting = new Set(emittingMethods(maker, event));
  if (emitting.size === 0) return undefined;
  const methodsIn = (text: string): readonly string[] =>
    [...text.matchAll(new RegExp(`(?<![\\w$.])${own.replaceAll('$', '\\$')}\\.(\\w+)\\(`, 'g'))].map(
      ([, name]) => name ?? '',
    );
  const { text } = variable.getSourceFile();
  return {
    variable,
    written: variable,
    isStartedBefore: (place) =>
      methodsIn(text.slice(variable.end, place.getStart())).some((name) => emitting.has(name)),
    emitsDuring: (wait) => methodsIn(wait.getText()).some((name) => emitting.has(name)),
  };
}

/** The methods of a class in which an event is emitted, and those that call them. */
function emittingMethods(maker: ClassLikeDeclaration, event: string): readonly string[] {
  const methods = maker.members.flatMap((member) =>
    isMethodDeclaration(member) && member.body ? [{ name: member.name.getText(), text: member.body.getText() }] : [],
  );
  const direct = methods.filter(({ text }) => emitsIn(text, event)).map(({ name }) => name);
  const through = methods.filter(({ text }) => direct.some((name) => text.includes(`this.${name}(`)));
  return [...direct, ...through.map(({ name }) => name)];
}

function emitsIn(text: string, event: string): boolean {
  return text.includes(`emit('${event}'`) || text.includes(`emit("${event}"`);
}
