import {
  type ClassDeclaration,
  type ClassExpression,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isGenerator,
  isGetAccessorDeclaration,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isSpreadElement,
  isTaggedTemplateExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { assignmentsIn } from '../assignments.ts';
import { constantValue } from '../definitions.ts';
import { baseClass, implementationsOf } from '../implementations.ts';
import { type Doubt, functionKey, type Given, type Inquiry, type Question } from '../inquiry.ts';
import { isExecutor } from '../promises/promise-executor.ts';
import { type Target, targetsOf, targetsOfMember } from '../targets.ts';
import { classAround, isBare, isClosed } from './members.ts';

/** How what a callee runs is judged once it is found. */
export interface Judges {
  function(question: Question, fn: FunctionNode): Promise<Doubt | undefined>;
  /** Making an instance, what the class extends left aside. */
  construction(declaration: ClassDeclaration | ClassExpression): Promise<Doubt | undefined>;
  /** Whether a call's names say that it throws where something is not as it should be. */
  isCheck(call: Node): boolean;
}

/** `library` where the project declares nothing of the callee. */
type Found = Doubt | undefined | 'library';

/** Leads from calls to all that they may run: functions, overrides and implementations, constructors, and callbacks of the caller's. */
export class CalleeProof {
  readonly #types: Oracle;
  readonly #inquiry: Inquiry;
  readonly #judges: Judges;

  constructor(types: Oracle, inquiry: Inquiry, judges: Judges) {
    this.#types = types;
    this.#inquiry = inquiry;
    this.#judges = judges;
  }

  /** @param call a call, a `new`, or a tagged template */
  async call(call: Node, question: Question): Promise<Found> {
    const callee = calleeOf(call);
    if (callee.kind === SyntaxKind.SuperKeyword) return this.#baseConstruction(classAround(call), call);
    return this.#first(await targetsOf(callee, this.#types), (target) => this.#target(target, call, question));
  }

  /** A function that is handed over and called with nothing that is known. */
  async callback(callback: Node, question: Question): Promise<Found> {
    return this.#first(await targetsOf(callback, this.#types), (target) =>
      target.kind === 'parameter' ? this.#given(target, question, callback) : this.#target(target, undefined, question),
    );
  }

  /** The getter that a member access runs; `none` where it runs none. */
  async getter(access: Node, question: Question): Promise<Doubt | undefined | 'none'> {
    const [found] = await this.getters([access]);
    return found ? this.entered(question, found.getter, access) : 'none';
  }

  /** Which of some member accesses run getters of the project. */
  async getters(accesses: readonly Node[]): Promise<readonly { readonly node: Node; readonly getter: FunctionNode }[]> {
    const declarations = await Promise.all(accesses.map((access) => this.#types.sourcesOf(access)));
    return accesses.flatMap((node, index) =>
      (declarations[index]?.nodes ?? [])
        .filter((found) => isGetAccessorDeclaration(found) && found.body)
        .map((getter) => ({ node, getter: getter as FunctionNode })),
    );
  }

  /** All values that a field gets; empty where others than its own file may give it one. */
  async heldBy(access: Node): Promise<readonly Node[]> {
    const [field, another] = await this.#types.declarationsOf(access);
    if (!field || another || !isPropertyDeclaration(field) || !isClosed(field)) return [];
    const { text } = field.name as Node & { readonly text?: string };
    const assigned = text === undefined ? [] : (assignmentsIn(field.getSourceFile()).members.get(text) ?? []);
    return [...(field.initializer ? [field.initializer] : []), ...assigned.map(({ value }) => value)];
  }

  /** Why a function may fail when it is entered from a place, with what is handed over there. */
  async entered(question: Question, fn: FunctionNode, at: Node, isShifted = false): Promise<Doubt | undefined> {
    const isRecursion = this.#inquiry.isOpen(fn);
    const { doubt, given } = await this.#verdict(question, fn);
    if (doubt) return through(at, doubt);
    if (isRecursion) return this.#handedOver(at);
    for (const condition of given) {
      const found = await this.#condition(condition, fn, isShifted ? undefined : at);
      if (found) return through(at, found);
    }
    return undefined;
  }

  async #first(targets: readonly Target[], judge: (target: Target) => Promise<Found> | Found): Promise<Found> {
    if (targets.length === 0) return 'library';
    for (const target of targets) {
      const found = await judge(target);
      if (found) return found;
    }
    return undefined;
  }

  async #target(target: Target, call: Node | undefined, question: Question): Promise<Doubt | undefined> {
    switch (target.kind) {
      case 'body':
        return call ? this.entered(question, target.fn, call, target.isShifted) : this.#alone(question, target.fn);
      case 'class':
        return call && isNewExpression(call)
          ? this.#construction(target.declaration, call)
          : doubtAt(call ?? target.declaration);
      case 'parameter':
        return call && this.#given(target, question, call);
      case 'implementations':
        if (await this.#reportsThroughPromise(call, question)) return undefined;
        return this.#inquiry.putOff(() => this.#implementations(target.name, call, question));
      default:
        return this.#unseen(call, question, target.at);
    }
  }

  /** What is not seen may reject; that it throws at once is expected only where its name says so, and where it gives no promise. */
  async #unseen(call: Node | undefined, question: Question, at: Node): Promise<Doubt | undefined> {
    if (question === 'throws' && !(call && this.#judges.isCheck(call))) return undefined;
    return (await this.#reportsThroughPromise(call, question)) ? undefined : doubtAt(call ?? at);
  }

  /** What is not seen, and gives a promise, reports its failures through it. */
  async #reportsThroughPromise(call: Node | undefined, question: Question): Promise<boolean> {
    if (!call || question !== 'throws') return false;
    const { extent, isPromise } = await this.#types.thenability(call);
    return extent === 'all' && isPromise;
  }

  #given(
    { owner, index, property }: Extract<Target, { kind: 'parameter' }>,
    question: Question,
    at: Node,
  ): Doubt | undefined {
    // `resolve` and `reject` throw nothing and give nothing.
    if (property === undefined && isExecutor(owner)) return undefined;
    const given: Given = { owner, index, question, at, ...(property !== undefined && { property }) };
    return this.#inquiry.dependOn(given) ? undefined : unknown(given);
  }

  async #alone(question: Question, fn: FunctionNode): Promise<Doubt | undefined> {
    const { doubt, given } = await this.#verdict(question, fn);
    if (doubt) return doubt;
    for (const condition of given) {
      const found = await this.#condition(condition, fn, undefined);
      if (found) return found;
    }
    return undefined;
  }

  #verdict(question: Question, fn: FunctionNode): ReturnType<Inquiry['verdict']> {
    const isAsync = isAsyncFunction(fn);
    // An async function puts all its failures into its promise, and an async generator into its iteration.
    if (isAsync && question === 'throws') return Promise.resolve({ given: [] });
    const asked = isAsync || (isGenerator(fn) && question === 'fails') ? 'rejects' : question;
    return this.#inquiry.verdict(asked, fn, () => this.#judges.function(asked, fn));
  }

  async #implementations(name: Node, call: Node | undefined, question: Question): Promise<Doubt | undefined> {
    const declarations = await implementationsOf(name, this.#types);
    if (!declarations || (declarations.length === 0 && isBare(name.parent))) return this.#unseen(call, question, name);
    const targets: Target[] = [];
    for (const declaration of declarations) targets.push(...(await targetsOfMember(declaration, this.#types)));
    // What only wraps others of its kind fails as they do, and none of them is seen.
    if (isBare(name.parent) && targets.every((target) => target.kind === 'body' && this.#inquiry.isOpen(target.fn)))
      return doubtAt(call ?? name);
    const found = await this.#first(targets, (target) => this.#target(target, call, question));
    return found === 'library' ? undefined : found;
  }

  async #construction(declaration: ClassDeclaration | ClassExpression, call: Node): Promise<Doubt | undefined> {
    const { doubt, given } = await this.#inquiry.verdict('throws', declaration, () =>
      this.#judges.construction(declaration),
    );
    if (doubt) return through(call, doubt);
    const constructor = declaration.members.find(({ kind }) => kind === SyntaxKind.Constructor) as FunctionNode;
    for (const condition of given) {
      const found = await this.#condition(condition, constructor, call);
      if (found) return through(call, found);
    }
    // Without a constructor of its own, it runs that of the class it extends.
    return constructor ? undefined : this.#baseConstruction(declaration, call);
  }

  async #baseConstruction(declaration: Node | undefined, call: Node): Promise<Doubt | undefined> {
    const base = declaration && baseClass(declaration);
    if (!base) return undefined;
    const targets = await targetsOf(base, this.#types);
    // What the language and packages have for a base does little when it is made.
    if (targets.length === 0) return undefined;
    for (const target of targets) {
      const found = target.kind === 'class' ? await this.#construction(target.declaration, call) : doubtAt(call);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether what a function was proven harmless with is harmless as it is called here. */
  async #condition(given: Given, fn: FunctionNode | undefined, call: Node | undefined): Promise<Doubt | undefined> {
    if (!fn || functionKey(given.owner) !== functionKey(fn))
      return this.#inquiry.dependOn(given) ? undefined : unknown(given);
    if (!call) return unknown(given);
    const args = (call as { readonly arguments?: readonly Node[] }).arguments ?? [];
    if (args.slice(0, given.index + 1).some((argument) => isSpreadElement(argument))) return unknown(given);
    const argument = args[given.index] ?? fn.parameters[given.index]?.initializer;
    // What nobody hands over is not called either: `done?.()`. What a function hands on to itself, it was given elsewhere.
    if (!argument || isOwnParameter(argument, given)) return undefined;
    if (given.property === undefined) return this.#handed(argument, given);
    return this.#property(unwrap(argument), given, given.property);
  }

  async #handed(argument: Node, given: Given): Promise<Doubt | undefined> {
    if ((await this.#types.typeOf(argument)).isNullish) return undefined;
    const found = await this.callback(argument, given.question);
    return found === 'library' ? unknown(given) : found;
  }

  async #property(object: Node, given: Given, name: string): Promise<Doubt | undefined> {
    if (isIdentifier(object)) {
      const [target] = await targetsOf(object, this.#types);
      if (target?.kind === 'parameter' && target.property === undefined) {
        const passed: Given = { ...given, owner: target.owner, index: target.index, property: name };
        return this.#inquiry.dependOn(passed) ? undefined : unknown(given);
      }
      const value = await constantValue(object, this.#types);
      return value && isObjectLiteralExpression(unwrap(value))
        ? this.#property(unwrap(value), given, name)
        : unknown(given);
    }
    if (!isObjectLiteralExpression(object)) return unknown(given);
    const named = object.properties.find(
      (property) => (property as { readonly name?: { readonly text?: string } }).name?.text === name,
    );
    if (!named) {
      const isOpen = object.properties.some(({ kind }) => kind === SyntaxKind.SpreadAssignment);
      return isOpen ? unknown(given) : undefined;
    }
    for (const target of await targetsOfMember(named, this.#types)) {
      const found =
        target.kind === 'parameter'
          ? this.#given(target, given.question, named)
          : await this.#target(target, undefined, given.question);
      if (found) return found;
    }
    return undefined;
  }

  /** A function that calls itself was judged with what it was handed first; what it hands itself is judged here. */
  async #handedOver(call: Node): Promise<Doubt | undefined> {
    const args = (call as { readonly arguments?: readonly Node[] }).arguments ?? [];
    for (const argument of args) {
      const found = isFunctionNode(unwrap(argument)) ? await this.callback(argument, 'fails') : undefined;
      if (found && found !== 'library') return found;
    }
    return undefined;
  }
}

function isOwnParameter(argument: Node, { owner, index }: Given): boolean {
  const at = unwrap(argument);
  const declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  return declared !== undefined && declared === owner.parameters[index];
}

/** What a call, a `new` or a tagged template runs. */
export function calleeOf(call: Node): Node {
  if (isTaggedTemplateExpression(call)) return unwrap(call.tag);
  return unwrap((call as Node & { readonly expression: Node }).expression);
}

function through(call: Node, doubt: Doubt): Doubt {
  return { ...doubt, calls: [call, ...doubt.calls] };
}

/** What nobody knows may reject when it is waited for; that it throws at once is not expected of it. */
function unknown({ question, at }: Given): Doubt | undefined {
  return question === 'throws' ? undefined : doubtAt(at);
}

function doubtAt(node: Node): Doubt {
  return { node, how: isCallExpression(node) || isPropertyAccessExpression(node) ? 'rejects' : 'throws', calls: [] };
}
