import type { SignalType } from '../knowledge/cancellation.ts';
import {
  type BindingElement,
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isBindingElement,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyDeclaration,
  isVariableDeclaration,
  isWithin,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
  unwrap,
  type VariableDeclaration,
  walkBody,
} from '../typescript/ast.ts';
import type { TypeView } from '../typescript/oracle.ts';
import { namesIn, referencesTo } from '../typescript/references.ts';
import { remember } from '../typescript/remember.ts';
import { sharesLifetime } from './shared-lifetime.ts';
import { signalMember, signalType } from './signal-types.ts';
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
  /** `variable` is one made in the function, such as a combination of others. */
  readonly from: 'parameter' | 'member' | 'variable' | 'field';
  /** The name that declares it, or what it is a member of. */
  readonly name: Node;
}

/**
 * Which signals a place may be cancelled by: those that functions around it are given, and those that they make of them.
 * A controller that a function makes for itself is its own affair and is left out.
 */
export class SignalScopes {
  readonly #tools: SignalTools;
  readonly #ofFunction = new WeakMap<FunctionNode, Promise<readonly ScopedSignal[]>>();
  readonly #ofClass = new WeakMap<Node, Promise<readonly ScopedSignal[]>>();

  constructor(tools: SignalTools) {
    this.#tools = tools;
  }

  /** The signals that can be used at a place, the most fitting first. */
  async at(place: Node): Promise<readonly ScopedSignal[]> {
    const found: ScopedSignal[] = [];
    let at = enclosingFunction(place);
    for (; at; at = enclosingFunction(at)) {
      const own = await this.ofFunction(at);
      found.push(...own.filter((signal) => isVisible(signal, place)));
      if (!sharesLifetime(at)) break;
    }
    const method = methodAround(place);
    if (method) found.push(...(await this.#fields(method.parent)));
    return found;
  }

  /** The signals that a function is given, and those that it makes of them; variables first, then parameters. */
  ofFunction(fn: FunctionNode): Promise<readonly ScopedSignal[]> {
    return remember(this.#ofFunction, fn, () => this.#find(fn));
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
    return [...variables.flat().reverse(), ...byUse, ...given.filter(({ from }) => from !== 'parameter')];
  }

  async #ofParameter(parameter: ParameterDeclaration): Promise<readonly ScopedSignal[]> {
    const { name } = parameter;
    if (isObjectBindingPattern(name)) return this.#ofPattern(name.elements, 'parameter');
    if (!isIdentifier(name) || name.text === 'this' || name.text.startsWith('_') || isPlainType(parameter.type))
      return [];
    if (parameter.dotDotDotToken) return [];
    const isLoose = parameter.questionToken !== undefined && parameter.initializer === undefined;
    return this.#ofName(name, 'parameter', isLoose, parameter.type);
  }

  async #ofPattern(
    elements: readonly BindingElement[],
    from: 'parameter' | 'variable',
  ): Promise<readonly ScopedSignal[]> {
    const found = await Promise.all(
      elements.map(({ name, propertyName, dotDotDotToken }) => {
        if (!name || !isIdentifier(name) || name.text.startsWith('_')) return [];
        const isTelling = telling.test(`${name.text} ${propertyName?.getText() ?? ''}`);
        return isTelling || dotDotDotToken ? this.#ofName(name, from, false, undefined) : [];
      }),
    );
    return found.flat();
  }

  async #ofVariable({ name, initializer }: VariableDeclaration): Promise<readonly ScopedSignal[]> {
    if (isObjectBindingPattern(name)) return this.#ofPattern(name.elements, 'variable');
    if (!isIdentifier(name) || (initializer && isOwnSignal(initializer))) return [];
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
    if (member) {
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
    const context = annotation && known.context(await types.origins(name));
    if (context) {
      const isSelf = context.path === '';
      const text = isSelf ? name.text : `${name.text}${isMissing ? '?.' : '.'}${context.path}`;
      return [{ ...base, text, type: context.type, from: isSelf ? 'parameter' : 'member' }];
    }
    if (/^(?:abortS|s)ignal$/.test(name.text) && !annotation)
      return [{ ...base, text: name.text, type: 'AbortSignal', from: 'parameter' }];
    const member = memberReadElsewhere(name, annotation);
    return member ? [{ ...base, text: `${name.text}?.${member}`, type: 'AbortSignal', from: 'member' }] : [];
  }

  #fields(owner: Node): Promise<readonly ScopedSignal[]> {
    return remember(this.#ofClass, owner, () => this.#findFields(owner));
  }

  async #findFields(owner: Node): Promise<readonly ScopedSignal[]> {
    if (!isClassLikeDeclaration(owner)) return [];
    const names: Node[] = [];
    for (const member of owner.members) {
      if (isPropertyDeclaration(member) && !isStatic(member)) names.push(member.name);
      if (member.kind === SyntaxKind.Constructor) {
        const { parameters } = member as FunctionNode;
        names.push(...parameters.filter((one) => isField(one)).map((one) => one.name));
      }
    }
    const telling = names.filter((name) => /signal|token/i.test(name.getText()) && !isOwnField(name));
    const found = await Promise.all(
      telling.map(async (name): Promise<ScopedSignal | undefined> => {
        const view = await this.#tools.types.typeOf(name);
        const type = await signalType(view, this.#tools.known);
        if (!type) return undefined;
        const isOptional = await mayBeMissing(view);
        return { text: `this.${name.getText()}`, type, view, isOptional, from: 'field', name };
      }),
    );
    return found.filter((signal) => signal !== undefined);
  }
}

const telling = /signal|abort|cancel|token|options|opts|context|ctx|extra|request|init/i;

function usesOf({ name }: ScopedSignal): number {
  return isIdentifier(name) ? referencesTo(name).length : 0;
}

/** Variables of a function's own body that may hold a signal, by their text. */
function variablesOf(fn: FunctionNode): readonly VariableDeclaration[] {
  const found: VariableDeclaration[] = [];
  const { body } = fn;
  if (!body || !/signal|token/i.test(body.getText())) return found;
  walkBody(body, (node) => {
    if (isFunctionNode(node)) return false;
    if (!isVariableDeclaration(node)) return true;
    const isPattern = isObjectBindingPattern(node.name);
    if (/signal|token/i.test(isPattern ? node.name.getText() : `${node.name.getText()} ${headOf(node)}`))
      found.push(node);
    return true;
  });
  return found;
}

function headOf({ initializer, type }: VariableDeclaration): string {
  const value = initializer && unwrap(initializer);
  const isShort = value && !isFunctionNode(value) && value.end - value.pos < mostText;
  return `${type?.getText() ?? ''} ${isShort ? value.getText() : ''}`;
}

const mostText = 120;

/** Whether a value is the signal of a controller or of a timeout that is made here, and of nothing else. */
function isOwnSignal(value: Node): boolean {
  const text = value.getText();
  if (/AbortSignal\.(?:timeout|abort)\b/.test(text) && !/\.any\b/.test(text)) return true;
  if (/new AbortController\b/.test(text)) return true;
  const controller = /^([\w$]+)\.signal$/.exec(text)?.[1];
  if (controller === undefined) return false;
  return namesIn(value.getSourceFile(), controller).some(
    ({ parent }) =>
      isVariableDeclaration(parent) && /^new AbortController\b/.test(parent.initializer?.getText() ?? '') === true,
  );
}

/** A field that the class sets to the signal of its own controller still stands for the end of the object. */
function isOwnField(name: Node): boolean {
  const { initializer } = name.parent as { readonly initializer?: Node };
  return initializer !== undefined && /AbortSignal\.timeout/.test(initializer.getText());
}

/** A variable can be used behind its declaration, in the block around it. */
function isVisible({ from, name }: ScopedSignal, place: Node): boolean {
  if (from !== 'variable') return !isWithin(place, declarationOf(name));
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

/** The method, accessor or constructor whose `this` code at a place sees. */
function methodAround(place: Node): Node | undefined {
  let fn = enclosingFunction(place);
  while (fn && fn.kind === SyntaxKind.ArrowFunction) fn = enclosingFunction(fn);
  if (!fn || !isClassLikeDeclaration(fn.parent) || isStatic(fn)) return undefined;
  return fn.kind === SyntaxKind.Constructor ? undefined : fn;
}

function isStatic(member: Node): boolean {
  const { modifiers } = member as { readonly modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false;
}

/** A constructor's parameter that is a field too. */
function isField(parameter: ParameterDeclaration): boolean {
  return (parameter.modifiers?.length ?? 0) > 0;
}

async function mayBeMissing(type: TypeView): Promise<boolean> {
  return (await type.unionMembers()).some((member) => member.isNullish);
}

async function isUnclear(type: TypeView): Promise<boolean> {
  if (type.isUnknown || type.isOpen) return true;
  return (await type.unionMembers()).some((member) => member.isUnknown) || type.admitsAnything();
}

/** Types that are written with a keyword, and lists and functions, hold no signal. */
function isPlainType(type: Node | undefined): boolean {
  switch (type?.kind) {
    case SyntaxKind.StringKeyword:
    case SyntaxKind.NumberKeyword:
    case SyntaxKind.BooleanKeyword:
    case SyntaxKind.BigIntKeyword:
    case SyntaxKind.ArrayType:
    case SyntaxKind.TupleType:
    case SyntaxKind.FunctionType:
    case SyntaxKind.LiteralType:
      return true;
    default:
      return false;
  }
}

/** `signal`, where the file reads `options.signal` of a parameter with the same name and the same written type. */
function memberReadElsewhere(name: Identifier, annotation: Node | undefined): string | undefined {
  const file = name.getSourceFile();
  const read = new RegExp(`\\b${name.text.replaceAll('$', '\\$')}\\??\\.(signal|abortSignal)\\b`).exec(file.text)?.[1];
  if (read === undefined) return undefined;
  const written = annotation?.getText();
  return namesIn(file, read).some(({ parent }) => {
    const { expression } = parent as { readonly expression?: Node };
    if (!expression || !isIdentifier(expression) || expression.text !== name.text) return false;
    for (let fn = enclosingFunction(expression); fn; fn = enclosingFunction(fn)) {
      const declared = fn.parameters.find((one) => one.name.getText() === name.text);
      if (declared) return declared.type?.getText() === written;
    }
    return false;
  })
    ? read
    : undefined;
}
