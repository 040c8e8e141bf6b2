import { useOf } from '../../../facts/lifetime/held-values.ts';
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
import { referencesTo } from '../../../typescript/references.ts';
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
  const known = ctx.knowledge.registration.eventsOf(await ctx.types.origins(value.expression));
  if (!known) return undefined;
  const { events, after } = known;
  const begin = after === undefined ? variable : callOf(variable, after);
  return begin && { variable, written: begin, events };
}

/** `server.listen(…)`, where it stands by itself. */
function callOf(variable: Identifier, method: string): Node | undefined {
  const uses = referencesTo(variable).map(useOf);
  const found = uses.find((use) => use.kind === 'method' && use.member === method);
  return found?.kind === 'method' ? found.call : undefined;
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
  const text = variable.getSourceFile().text;
  const isEmittedHere = (place: Node): boolean =>
    emitsIn(text.slice(variable.end, place.getStart()).replaceAll(`${own}.emit(`, 'emit('), event);
  const maker = (await ctx.types.declarationsOf(value.expression)).find(isClassLikeDeclaration);
  const here = { variable, written: variable, isStartedBefore: isEmittedHere, emitsDuring: () => false };
  if (!maker) return here;
  const emitting = new Set(emittingMethods(maker, event));
  if (emitting.size === 0) return here;
  const methodsIn = (text: string): readonly string[] =>
    [...text.matchAll(new RegExp(`(?<![\\w$.])${own.replaceAll('$', '\\$')}\\.(\\w+)\\(`, 'g'))].map(
      ([, name]) => name ?? '',
    );
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
