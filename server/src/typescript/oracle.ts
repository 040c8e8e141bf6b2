import { SymbolFlags, type Symbol as TsSymbol, type Type } from 'typescript/async';
import { methodsByAssignment } from './assigned-members.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isFunctionNode,
  type NewExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
} from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { mayHaveBody, nodesOf, type Sources, sourcesAmong } from './declarations.ts';
import { declaredFunctions } from './declared-functions.ts';
import { type Origin, OriginFinder } from './origin.ts';
import { parameterTypes } from './parameter-types.ts';
import { isJavaScript } from './paths.ts';
import { isPlainValue } from './plain-values.ts';
import type { Program } from './program.ts';
import { isMemberOfLiteral, mostDeclarations, mostReferences } from './related-members.ts';
import { after, allOf, type Soon } from './soon.ts';
import { type DeclaredIn, declaredIn, type Thenability, TypeView } from './type-view.ts';

export type { Origin } from './origin.ts';
export { type DeclaredIn, type Thenability, TypeView } from './type-view.ts';

/** A name's meaning. Two references to one thing have equal `id`s within a file's run. */
export interface SymbolView {
  readonly id: string;
  readonly name: string;
  readonly declaredIn: DeclaredIn | undefined;
}

/**
 * What a rule may ask about types and names, for one file of one snapshot. Equal questions are asked once, and those
 * of one turn leave together, so rules simply `await` what they need and never loop over single questions.
 * The files that answers came from are recorded as what the file's findings depend on.
 */
export class Oracle {
  /** Absolute paths of the project's files that answers came from. */
  readonly consulted = new Set<string>();
  /**
   * Whether an answer came from a search through the whole program: who uses a function, what implements a method.
   * Any file that is added, or that starts to use a name, may change it.
   */
  restsOnProject = false;
  /** Whether types say where null and undefined may be: `strictNullChecks`. */
  readonly checksNull: boolean;
  /** Whether an optional property takes no undefined unless it says so: `exactOptionalPropertyTypes`. */
  readonly isExact: boolean;
  readonly #program: Program;
  readonly #queries: CheckerQueries;
  readonly #origins: OriginFinder;

  constructor(program: Program) {
    this.#program = program;
    this.#queries = program.queries;
    this.checksNull = program.checksNull;
    this.isExact = program.isExact;
    this.#origins = new OriginFinder(program.queries, (symbol) => this.#consult(symbol));
  }

  /** Another oracle for the same program: what it consults is told apart, for an answer that several files share. */
  apart(): Oracle {
    return new Oracle(this.#program);
  }

  /** An answer that is the same for all files of the program, found once. */
  forProgram<T>(key: string, answer: () => Promise<T>): Promise<T> {
    return this.#queries.aboutProgram(key, answer);
  }

  /** The type of an expression, or of what a declaration's name stands for. */
  typeOf(node: Node): Soon<TypeView> {
    // What a call of one plain signature gives follows from its declaration, and nothing narrows it.
    if (isCallExpression(node)) return this.#exactly(node);
    return after(this.#queries.typeAt(node), (type) => this.#view(type));
  }

  /** Whether and how an expression's value can be awaited. */
  thenability(node: Node): Soon<Thenability> {
    // What all declared types agree on needs no look at the place: neither narrowing nor inference changes it.
    const exactly = (): Soon<Thenability> => after(this.#exactly(node), (type) => type.thenability());
    return after(this.#queries.declared.of(node), (declared) => {
      if (!declared) return exactly();
      return after(allOf(declared.types.map((type) => type.thenability())), (answers) => {
        const [first] = answers;
        if (!first || answers.some((answer) => answer.extent !== first.extent || answer.nullish !== first.nullish))
          return exactly();
        const isCertain =
          first.extent === 'none' || isCallExpression(node) || (first.extent === 'all' && !first.nullish);
        return isCertain ? first : exactly();
      });
    });
  }

  /**
   * Whether an expression may be something that can be awaited, or called, by what declarations say of it.
   * `false` is certain and usually costs nothing; `true` says no more than that it is worth a look.
   */
  mayBe(what: 'thenable' | 'function', expression: Node): Soon<boolean> {
    if (isPlainValue(expression, what)) return false;
    return after(this.#queries.declared.of(expression), (declared) => {
      if (!declared) return true;
      const answers = declared.types.map((type) =>
        what === 'thenable' ? isMaybeThenable(type) : isMaybeCallable(type),
      );
      return after(allOf(answers), (found) => found.includes(true));
    });
  }

  /**
   * The types that an expression has by its declarations, before any narrowing; type parameters of signatures may stand
   * in them. Undefined where the declarations do not tell.
   */
  declaredTypes(expression: Node): Soon<readonly TypeView[] | undefined> {
    return after(this.#queries.declared.of(expression), (declared) => declared?.types);
  }

  /** The type that an expression's place expects of it, or undefined where it expects nothing. */
  async expectedType(node: Node): Promise<TypeView | undefined> {
    const type = await this.#queries.contextualType(node);
    return type && this.#view(type);
  }

  /**
   * The types that a call's parameter has at a position, one for every overload and every member of a union of callees;
   * rest parameters are opened. Empty where the callee is any or has no such parameter.
   */
  async parameterTypes(call: CallExpression | NewExpression, index: number): Promise<readonly TypeView[]> {
    return parameterTypes(await this.#exactly(call.expression), call.kind, index, this.#queries);
  }

  /** What a function returns when called: the promise for an async function. */
  async returnTypeOf(fn: FunctionNode): Promise<TypeView> {
    const signature = await this.#queries.checker.getSignatureFromDeclaration(fn);
    return this.#view(await this.#queries.returnType(signature));
  }

  async symbolOf(node: Node): Promise<SymbolView | undefined> {
    const symbol = await this.#resolved(node);
    if (!symbol) return undefined;
    this.#consult(symbol);
    return {
      id: `${symbol.id} ${symbol.declarations[0]?.path ?? ''}`,
      name: symbol.name,
      declaredIn: declaredIn(symbol),
    };
  }

  /** Where a name that is visible in the whole file was declared: `vi` where Vitest's globals are. */
  async globalDeclaredIn(name: string, file: SourceFile, isType = false): Promise<DeclaredIn | undefined> {
    const flags = isType ? SymbolFlags.Type : SymbolFlags.Value;
    const symbol = await this.#queries.checker.resolveName(name, flags, file);
    return symbol && declaredIn(symbol);
  }

  /** The nodes that declare what a name or member stands for, imports followed; in any file of the program. */
  async declarationsOf(node: Node): Promise<readonly Node[]> {
    return nodesOf(this.#consulted(await this.#resolved(node)), this.#queries);
  }

  /** As `declarationsOf`, without those in declaration files: these are not brought over, which saves a lot. */
  async sourcesOf(node: Node): Promise<Sources> {
    return sourcesAmong(this.#consulted(await this.#resolved(node)), this.#queries);
  }

  /** As `declarationsOf`, for a member of an expression's value: what `const { name } = expression` takes. */
  async declarationsOfMember(expression: Node, name: string): Promise<readonly Node[]> {
    const symbol = await (await this.#exactly(expression)).propertySymbol(name);
    return nodesOf(this.#consulted(symbol), this.#queries);
  }

  /** The functions with a body that an expression stands for, where the program has their source. */
  async functionsOf(callee: Node): Promise<readonly FunctionNode[]> {
    const at = unwrap(callee);
    if (isFunctionNode(at)) return [at];
    const declared = this.#consulted(await this.#resolved(at));
    const isScript = declared.length === 0 && isJavaScript(at.getSourceFile().fileName);
    if (isScript) return declaredFunctions(await methodsByAssignment(at, (name) => this.declarationsOf(name)));
    return declaredFunctions(await nodesOf(declared.filter(mayHaveBody), this.#queries));
  }

  /**
   * The places in other files that name what a declaration's name stands for. Asks the compiler to search the program,
   * which takes tens of milliseconds: only for what is rare.
   */
  async referencesElsewhere(name: Node): Promise<readonly Node[]> {
    const own = name.getSourceFile().fileName;
    this.restsOnProject = true;
    const found = (await this.#queries.references(name)) ?? [];
    const places = found.filter((place) => place.getSourceFile().fileName !== own);
    for (const place of places) this.consulted.add(place.getSourceFile().fileName);
    return places;
  }

  /**
   * The declarations of a member in the classes and interfaces of the program that share it, and in object literals where
   * a type asks for it. Undefined where there are too many to look at. A search, as `referencesElsewhere`.
   * @param name the member's name in one of its declarations
   * @param of whose member it is: what a class has, no object literal replaces
   */
  async relatedMembers(name: Node, of: 'class' | 'type'): Promise<readonly Node[] | undefined> {
    this.restsOnProject = true;
    const [found, places] = await Promise.all([
      this.#queries.relatedDeclarations(name, mostDeclarations),
      of === 'class' ? [] : this.#queries.references(name, mostReferences),
    ]);
    if (!found || !places) return undefined;
    const literals = places.map((place) => place.parent).filter((node) => isMemberOfLiteral(node, places));
    const declarations = [...found, ...literals.filter((node) => !found.includes(node))];
    for (const declaration of declarations) this.consulted.add(declaration.getSourceFile().fileName);
    return declarations;
  }

  /** Where an expression comes from, most telling first: `fs.readFileSync` → `node:fs` `readFileSync`, whatever it is called here. */
  origins(node: Node): Promise<readonly Origin[]> {
    return this.#origins.origins(node);
  }

  /**
   * The types of the same member in the classes and interfaces that the member's class extends or implements.
   * Empty for members without such a base.
   */
  async inheritedTypes(
    member: Node & { readonly name?: Node },
  ): Promise<readonly { readonly type: TypeView; readonly base: string }[]> {
    const owner = member.parent as Node & { readonly heritageClauses?: readonly { readonly types: readonly Node[] }[] };
    const name = (member.name as (Node & { readonly text?: string }) | undefined)?.text;
    if (name === undefined) return [];
    const out: { type: TypeView; base: string }[] = [];
    for (const base of (owner.heritageClauses ?? []).flatMap((clause) => clause.types)) {
      const inherited = await (await this.typeOf(base)).property(name);
      if (inherited) out.push({ type: inherited, base: base.getText() });
    }
    return out;
  }

  /** Whether a value of the first type may stand where the second is wanted. */
  isAssignable(source: TypeView, target: TypeView): Promise<boolean> {
    return this.#queries.checker.isTypeAssignableTo(source.type, target.type);
  }

  /** The type by declarations where it is a single one that no use can narrow, else the checker's for this very place. */
  #exactly(node: Node): Soon<TypeView> {
    return after(this.#queries.declared.of(node), (declared) => {
      const [type, ...others] = (!declared?.isGeneric && declared?.types) || [];
      const isExact = type && others.length === 0 && (isCallExpression(node) || !type.type.isUnionType());
      return isExact ? type : after(this.#queries.typeAt(node), (found) => this.#view(found));
    });
  }

  async #resolved(node: Node): Promise<TsSymbol | undefined> {
    const at = unwrap(node);
    const name = (at as { readonly name?: Node }).name;
    const isShorthand = at.parent?.kind === SyntaxKind.ShorthandPropertyAssignment;
    // `{ name }` speaks of the variable, not of the property that it makes.
    const symbol = isShorthand
      ? await this.#queries.shorthandValue(at.parent)
      : await this.#queries.symbolAt(name && at.kind !== SyntaxKind.Identifier ? name : at);
    if (!symbol || (symbol.flags & SymbolFlags.Alias) === 0) return symbol;
    const { target, through } = await this.#queries.aliased(symbol);
    for (const path of through) if (!path.includes('/node_modules/')) this.consulted.add(path);
    return target ?? symbol;
  }

  /** Records that a conclusion about a call rests on the file that declares the callee. */
  async consultCallee(node: Node): Promise<void> {
    const at = unwrap(node) as Node & { readonly expression?: Node };
    const symbol = at.expression ? await this.#resolved(at.expression) : undefined;
    if (symbol) this.#consult(symbol);
  }

  #consulted(symbol: TsSymbol | undefined): TsSymbol['declarations'] {
    if (symbol) this.#consult(symbol);
    return symbol?.declarations ?? [];
  }

  #consult(symbol: TsSymbol): void {
    for (const { path } of symbol.declarations) if (!path.includes('/node_modules/')) this.consulted.add(path);
  }

  #view(type: Type): TypeView {
    return new TypeView(type, this.#queries);
  }
}

function isMaybeThenable(type: TypeView): Soon<boolean> {
  return after(type.thenability(), ({ extent }) => extent !== 'none');
}

function isMaybeCallable(type: TypeView): Soon<boolean> {
  return after(type.unionMembers(), (members) =>
    after(allOf(members.map((member) => member.isUnknown || member.isOpen || member.isCallable())), (answers) =>
      answers.includes(true),
    ),
  );
}
