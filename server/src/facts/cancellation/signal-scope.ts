import type { SignalType } from '../../knowledge/cancellation.ts';
import {
  type BindingElement,
  type ClassLikeDeclaration,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  type Identifier,
  isBindingElement,
  isClassLikeDeclaration,
  isIdentifier,
  isObjectBindingPattern,
  isVariableDeclaration,
  isWithin,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
  unwrap,
  type VariableDeclaration,
} from '../../typescript/ast.ts';
import type { Origin, TypeView } from '../../typescript/oracle.ts';
import { referencesTo } from '../../typescript/references.ts';
import { after, allOf, type Soon, SoonNotes } from '../../typescript/soon.ts';
import { sharesLifetime } from '../lifetime/shared-lifetime.ts';
import {
  baseOf,
  fieldNames,
  isOwnSignal,
  mayBeField,
  mayBeSignal,
  mayHoldSignal,
  memberReadElsewhere,
  methodOf,
  readOfFields,
  unheardControllers,
  variablesOf,
} from './signal-syntax.ts';
import { isOfAll, signalMember, signalType } from './signal-types.ts';
import type { SignalTools } from './signals.ts';

/** A signal that code at a place can use. */
export interface ScopedSignal {
  /** What to write for it: `signal`, `options?.signal`, `this.signal`. */
  readonly text: string;
  readonly type: SignalType;
  /** Its declared type; undefined where it is known by name alone. */
  readonly view: TypeView | undefined;
  /** Whether it may be undefined where it is used. */
  readonly isOptional: boolean;
  /** `variable` is one made in the function of others; `own` that of a controller of its own which nobody was given. */
  readonly from: 'parameter' | 'member' | 'variable' | 'field' | 'own';
  /** The name that declares it, or what it is a member of. */
  readonly name: Node;
}

/**
 * Which signals a place may be cancelled by: those that functions around it are given, and those that they make of them.
 * A controller that a function makes for itself is its own affair and is left out, as long as somebody has its signal.
 */
export class SignalScopes {
  readonly #tools: SignalTools;
  readonly #around = new SoonNotes<readonly ScopedSignal[]>();
  readonly #ofFunction = new SoonNotes<readonly ScopedSignal[]>();
  readonly #ofClass = new SoonNotes<readonly ScopedSignal[]>();

  constructor(tools: SignalTools) {
    this.#tools = tools;
  }

  /** The signals that can be used at a place, the most fitting first. */
  at(place: Node): Soon<readonly ScopedSignal[]> {
    const fn = enclosingFunction(place);
    if (!fn) return [];
    return after(
      this.#around.about(fn, () => this.#findAround(fn)),
      (signals) => signals.filter((signal) => signal.from === 'field' || isVisible(signal, place)),
    );
  }

  /** What code of a function can see, wherever in it it stands. */
  #findAround(fn: FunctionNode): Soon<readonly ScopedSignal[]> {
    const found: Soon<readonly ScopedSignal[]>[] = [];
    for (let at: FunctionNode | undefined = fn; at; at = enclosingFunction(at)) {
      found.push(this.ofFunction(at));
      if (!sharesLifetime(at)) break;
    }
    const method = methodOf(fn);
    if (method) found.push(this.#fields(method.parent));
    return after(allOf(found), (signals) => signals.flat());
  }

  /** The signals that a function is given, and those that it makes of them; variables first, then parameters. */
  ofFunction(fn: FunctionNode): Soon<readonly ScopedSignal[]> {
    return this.#ofFunction.about(fn, () => {
      // Most functions have nothing that could be one.
      const isAsked = fn.parameters.some(mayHoldSignal) || variablesOf(fn).length > 0;
      return isAsked ? this.#find(fn) : ownSignals(fn);
    });
  }

  async #find(fn: FunctionNode): Promise<readonly ScopedSignal[]> {
    const [parameters, variables] = await Promise.all([
      Promise.all(fn.parameters.map((parameter) => this.#ofParameter(parameter))),
      Promise.all(variablesOf(fn).map((variable) => this.#ofVariable(variable))),
    ]);
    const given = parameters.flat();
    const direct = given.filter(({ from }) => from === 'parameter');
    // Of several, the one that the function itself passes on most often.
    const byUse = [...direct].sort((a, b) => usesOf(b) - usesOf(a));
    const others = given.filter(({ from }) => from !== 'parameter');
    return [...variables.flat().reverse(), ...byUse, ...others, ...ownSignals(fn)];
  }

  async #ofParameter(parameter: ParameterDeclaration): Promise<readonly ScopedSignal[]> {
    const { name } = parameter;
    if (isObjectBindingPattern(name)) return this.#ofPattern(name.elements, 'parameter');
    if (!isIdentifier(name) || !mayHoldSignal(parameter)) return [];
    const isLoose = parameter.questionToken !== undefined && parameter.initializer === undefined;
    return this.#ofName(name, 'parameter', isLoose, parameter.type);
  }

  async #ofPattern(
    elements: readonly BindingElement[],
    from: 'parameter' | 'variable',
  ): Promise<readonly ScopedSignal[]> {
    const found = await Promise.all(
      elements.map((element) => {
        const { name } = element;
        return name && isIdentifier(name) && mayBeSignal(element) ? this.#ofName(name, from, false, undefined) : [];
      }),
    );
    return found.flat();
  }

  async #ofVariable({ name, initializer }: VariableDeclaration): Promise<readonly ScopedSignal[]> {
    // What a loop gives, or a branch sets, is nothing that the whole function is about.
    if (isObjectBindingPattern(name)) return initializer ? this.#ofPattern(name.elements, 'variable') : [];
    if (!isIdentifier(name) || !initializer || isOwnSignal(initializer)) return [];
    const type = await this.#tools.types.typeOf(name);
    const kind = await signalType(type, this.#tools.known);
    if (!kind) return [];
    return [{ text: name.text, type: kind, view: type, isOptional: await mayBeMissing(type), from: 'variable', name }];
  }

  /** A name that is a signal, or that has one for a member. */
  async #ofName(
    name: Identifier,
    from: 'parameter' | 'variable',
    isLoose: boolean,
    annotation: Node | undefined,
  ): Promise<readonly ScopedSignal[]> {
    const { types, known } = this.#tools;
    const type = await types.typeOf(name);
    const isMissing = isLoose || (await mayBeMissing(type));
    const kind = await signalType(type, known);
    if (kind) return [{ text: name.text, type: kind, view: type, isOptional: isMissing, from, name }];
    const member = await signalMember(type, known);
    if (member && (await isOfAll(type, member.name))) {
      const isOptional = isMissing || (await mayBeMissing(member.view));
      const text = `${name.text}${isMissing ? '?.' : '.'}${member.name}`;
      return [{ text, type: member.type, view: member.view, isOptional, from: 'member', name }];
    }
    return (await isUnclear(type)) ? this.#byName(name, isMissing, annotation) : [];
  }

  /** Where no type is known: by the name of the type, by what the file reads of such a value elsewhere. */
  async #byName(name: Identifier, isMissing: boolean, annotation: Node | undefined): Promise<readonly ScopedSignal[]> {
    const { types, known } = this.#tools;
    const base = { view: undefined, name, isOptional: true } as const;
    const context = annotation && known.context([...(await types.origins(name)), ...(await this.#ofBase(annotation))]);
    if (context) {
      const isSelf = context.path === '';
      const text = isSelf ? name.text : `${name.text}${isMissing ? '?.' : '.'}${context.path}`;
      return [{ ...base, text, type: context.type, from: isSelf ? 'parameter' : 'member' }];
    }
    if (/^(?:abortS|cancel(?:lation)?S|s)ignal$/.test(name.text) && !annotation)
      return [{ ...base, text: name.text, type: 'AbortSignal', from: 'parameter' }];
    const member = memberReadElsewhere(name, annotation);
    return member ? [{ ...base, text: `${name.text}?.${member}`, type: 'AbortSignal', from: 'member' }] : [];
  }

  /** `this['CallOptions']` in a class that extends something of a package: that is where it is declared. */
  async #ofBase(annotation: Node): Promise<readonly Origin[]> {
    const member = /\bthis\[\s*['"](\w+)['"]\s*\]/.exec(annotation.getText())?.[1];
    let owner: Node | undefined = annotation;
    while (owner && !isClassLikeDeclaration(owner)) owner = owner.parent;
    const base = owner && baseOf(owner);
    if (member === undefined || !base) return [];
    return (await this.#tools.types.origins(base)).map(({ module, path }) => ({
      module,
      path: [...path, member],
    }));
  }

  #fields(owner: Node): Soon<readonly ScopedSignal[]> {
    return this.#ofClass.about(owner, () => this.#findFields(owner));
  }

  /** The fields of the class that a class of the project extends, as far as it may see them. */
  async #inherited(owner: Node): Promise<readonly Node[]> {
    const base = isClassLikeDeclaration(owner) ? baseOf(owner) : undefined;
    if (!base || !isIdentifier(unwrap(base))) return [];
    const classes = (await this.#tools.types.declarationsOf(base)).filter(isClassLikeDeclaration);
    return classes.flatMap((declared) => fieldNames(declared)).filter((name) => !isPrivate(name));
  }

  #findFields(owner: Node): Soon<readonly ScopedSignal[]> {
    if (!isClassLikeDeclaration(owner)) return [];
    const names = fieldNames(owner);
    const isAsked = baseOf(owner) || names.some(mayBeField) || readOfFields(owner, names).length > 0;
    return isAsked ? this.#askFields(owner, names) : [];
  }

  async #askFields(owner: ClassLikeDeclaration, own: readonly Node[]): Promise<readonly ScopedSignal[]> {
    const names = [...own, ...(await this.#inherited(owner))];
    const telling = names.filter(mayBeField);
    const found = await Promise.all(
      telling.map(async (name): Promise<ScopedSignal | undefined> => {
        const view = await this.#tools.types.typeOf(name);
        const type = await signalType(view, this.#tools.known);
        if (!type) return undefined;
        const isOptional = await mayBeMissing(view);
        return { text: `this.${name.getText()}`, type, view, isOptional, from: 'field', name };
      }),
    );
    const members = await Promise.all(readOfFields(owner, names).map((read) => this.#memberOfField(read)));
    return [...found, ...members].filter((signal) => signal !== undefined);
  }

  /** `this.options.signal`, where the class reads it somewhere. */
  async #memberOfField({ name, member }: { name: Node; member: string }): Promise<ScopedSignal | undefined> {
    const holder = await this.#tools.types.typeOf(name);
    // A controller in a field is that of one operation among many, `undefined` in between.
    for (const part of await holder.unionMembers())
      if ((await part.classDeclaredIn())?.name === 'AbortController') return undefined;
    const found = await signalMember(holder, this.#tools.known);
    if (found?.name !== member) return undefined;
    const isOptional = (await mayBeMissing(holder)) || (await mayBeMissing(found.view));
    const text = `this.${name.getText()}.${member}`;
    return { text, type: found.type, view: found.view, isOptional, from: 'field', name };
  }
}

function isPrivate(name: Node): boolean {
  return name.getText().startsWith('#') || hasModifier(name.parent, SyntaxKind.PrivateKeyword);
}

function usesOf({ name }: ScopedSignal): number {
  return isIdentifier(name) ? referencesTo(name).length : 0;
}

/** Those of controllers that a function makes for what it does itself. */
function ownSignals(fn: FunctionNode): readonly ScopedSignal[] {
  return unheardControllers(fn).map((name) => ({
    text: `${name.text}.signal`,
    type: 'AbortSignal',
    view: undefined,
    isOptional: false,
    from: 'own',
    name,
  }));
}

/** A variable can be used behind its declaration, in the block around it. */
function isVisible({ from, name }: ScopedSignal, place: Node): boolean {
  const isVariable = from === 'variable' || from === 'own' || isVariableDeclaration(declarationOf(name));
  if (!isVariable) return !isWithin(place, declarationOf(name));
  if (place.getStart() < name.end) return false;
  let scope: Node = declarationOf(name);
  while (scope.parent && scope.kind !== SyntaxKind.Block && scope.kind !== SyntaxKind.SourceFile) scope = scope.parent;
  return isWithin(place, scope) && !isWithin(place, declarationOf(name));
}

function declarationOf(name: Node): Node {
  let at = name.parent;
  while (isBindingElement(at) || isObjectBindingPattern(at)) at = at.parent;
  return at;
}

async function mayBeMissing(type: TypeView): Promise<boolean> {
  return (await type.unionMembers()).some((member) => member.isNullish);
}

async function isUnclear(type: TypeView): Promise<boolean> {
  if (type.isUnknown || type.isOpen) return true;
  return (await type.unionMembers()).some((member) => member.isUnknown) || type.admitsAnything();
}
