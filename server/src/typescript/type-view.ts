import { type NodeHandle, type Symbol as TsSymbol, type Type, TypeFlags } from 'typescript/async';
import { type Node, SyntaxKind } from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { nodesOf } from './declarations.ts';
import { basename } from './paths.ts';
import { remember } from './remember.ts';
import { after, allOf, type Soon } from './soon.ts';

/** How much of a type can be awaited. Null, undefined and void members do not count either way. */
export interface Thenability {
  /** `all` and `some` speak of union members; `unknown` is any, unknown, an unresolved import or an unconstrained type parameter. */
  readonly extent: 'all' | 'some' | 'none' | 'unknown';
  /** Whether every thenable member is the built-in Promise or derives from it. */
  readonly isPromise: boolean;
  /** Whether `then` takes a rejection callback, so that somebody can and should handle one. */
  readonly rejectable: boolean;
  /** Whether the type may also be null or undefined. */
  readonly nullish: boolean;
  /** The types that are thenable, for a look at where they come from. */
  readonly thenables: readonly TypeView[];
}

/** Where a type or a function was declared. */
export interface DeclaredIn {
  readonly name: string;
  readonly file: string;
  /** `lib` is the language and the DOM; `package` is node_modules; `project` is everything else. */
  readonly from: 'lib' | 'package' | 'project';
  /** The package's name, such as `fastify` or `@types/node`. */
  readonly packageName?: string | undefined;
}

/** A type, in the domain's words. Two views of equal `id` in one snapshot are the same type. */
export class TypeView {
  readonly type: Type;
  readonly #queries: CheckerQueries;

  constructor(type: Type, queries: CheckerQueries) {
    this.type = type;
    this.#queries = queries;
  }

  get id(): number {
    return this.type.id;
  }

  /** Nothing can be concluded from it: any, unknown, or the type of something that does not resolve. */
  get isUnknown(): boolean {
    return (this.type.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0;
  }

  get isAny(): boolean {
    return (this.type.flags & TypeFlags.Any) !== 0;
  }

  get isNever(): boolean {
    return (this.type.flags & TypeFlags.Never) !== 0;
  }

  get isVoid(): boolean {
    return (this.type.flags & TypeFlags.Void) !== 0;
  }

  /** null, undefined or void. */
  get isNullish(): boolean {
    return (this.type.flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void)) !== 0;
  }

  get isTypeParameter(): boolean {
    return this.type.isTypeParameter();
  }

  /** A type parameter, or a type that depends on one: what it stands for is decided at each use. */
  get isOpen(): boolean {
    return (this.type.flags & instantiableFlags) !== 0;
  }

  /** A string, number, bigint, boolean or symbol, literal or not, or an enum. */
  get isPrimitive(): boolean {
    return (this.type.flags & primitiveFlags) !== 0;
  }

  get isTuple(): boolean {
    return this.type.isTupleType();
  }

  text(): Promise<string> {
    return this.#queries.checker.typeToString(this.type);
  }

  /** The members of a union, or the type itself. */
  unionMembers(): Soon<readonly TypeView[]> {
    return this.type.isUnionType() ? after(this.#queries.members(this.type), (types) => this.#views(types)) : [this];
  }

  /** A type parameter's constraint, or the type itself; undefined where nothing constrains it. */
  constrained(): Soon<TypeView | undefined> {
    if ((this.type.flags & instantiableFlags) === 0) return this;
    const constraint = this.#queries.aboutType('constraint', this.type.id, () =>
      this.#queries.checker.getBaseConstraintOfType(this.type),
    );
    return after(constraint, (type) => (type ? this.#view(type) : undefined));
  }

  property(name: string): Soon<TypeView | undefined> {
    return after(
      this.propertySymbol(name),
      (symbol) => symbol && after(this.#queries.typeOfSymbol(symbol), (type) => this.#view(type)),
    );
  }

  propertySymbol(name: string): Soon<TsSymbol | undefined> {
    if ((this.type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0) return undefined;
    return this.#queries.property(this.type, name);
  }

  /** Whether a member is written as `any`. One whose type does not resolve is `any` too, and is none of its author's making. */
  async declaresAny(name: string): Promise<boolean> {
    const symbol = await this.propertySymbol(name);
    const declarations = await nodesOf(symbol?.declarations ?? [], this.#queries);
    return declarations.some((node) => (node as { readonly type?: Node }).type?.kind === SyntaxKind.AnyKeyword);
  }

  /** The nodes that declare a member. */
  async declarationsOf(name: string): Promise<readonly Node[]> {
    const symbol = await this.propertySymbol(name);
    return nodesOf(symbol?.declarations ?? [], this.#queries);
  }

  /** The nodes that declare the member which a well-known symbol names: `[Symbol.dispose]() { … }`. */
  async wellKnownDeclarations(name: 'asyncDispose' | 'dispose'): Promise<readonly Node[]> {
    const properties = await this.#queries.aboutType('apparent properties', this.type.id, () =>
      this.type.getApparentProperties(),
    );
    const found = properties.filter((property) => property.escapedName.startsWith(`__@${name}@`));
    return nodesOf(
      found.flatMap(({ declarations }) => declarations),
      this.#queries,
    );
  }

  /** The members that the type is known to have, by name, inherited ones included; their types are asked for together. */
  memberTypes(names: (name: string) => boolean): Soon<ReadonlyMap<string, TypeView>> {
    if ((this.type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0) return new Map();
    const properties = this.#queries.aboutType('apparent properties', this.type.id, () =>
      this.type.getApparentProperties(),
    );
    return after(properties, (symbols) => {
      const wanted = symbols.filter(({ name }) => names(name));
      return after(
        allOf(wanted.map((symbol) => this.#queries.typeOfSymbol(symbol))),
        (types) => new Map(types.map((type, index) => [wanted[index]?.name ?? '', this.#view(type)])),
      );
    });
  }

  /** Whether the type has the method of a well-known symbol: `asyncIterator`, `iterator`, `asyncDispose`, `dispose`. */
  hasWellKnown(name: 'asyncIterator' | 'iterator' | 'asyncDispose' | 'dispose'): Soon<boolean> {
    return this.#queries.aboutType(`well-known ${name}`, this.type.id, async () => {
      const properties = await this.#queries.aboutType('apparent properties', this.type.id, () =>
        this.type.getApparentProperties(),
      );
      return properties.some((property) => property.escapedName.startsWith(`__@${name}@`));
    });
  }

  /** The type of the member that a well-known symbol names: `Symbol.dispose`. */
  wellKnown(name: 'asyncDispose' | 'dispose'): Soon<TypeView | undefined> {
    return this.#queries.aboutType(`type of well-known ${name}`, this.type.id, async () => {
      const properties = await this.#queries.aboutType('apparent properties', this.type.id, () =>
        this.type.getApparentProperties(),
      );
      const symbol = properties.find((property) => property.escapedName.startsWith(`__@${name}@`));
      return symbol && this.#view(await this.#queries.typeOfSymbol(symbol));
    });
  }

  /** What members of any name have for a type: `unknown` of `Record<string, unknown>`. Undefined without a string index. */
  indexedType(): Soon<TypeView | undefined> {
    return this.#queries.aboutType('indexed', this.type.id, async () => {
      if (!this.type.isObjectType()) return undefined;
      const [first] = await this.type.getIndexInfos();
      return first && this.#view(first.valueType);
    });
  }

  /** What the call signatures return, one entry a signature; empty for what cannot be called. */
  returnTypes(): Soon<readonly TypeView[]> {
    return after(this.#queries.callSignatures(this.type), (signatures) =>
      after(allOf(signatures.map((signature) => this.#queries.returnType(signature))), (types) => this.#views(types)),
    );
  }

  isCallable(): Soon<boolean> {
    if ((this.type.flags & (primitiveFlags | TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void)) !== 0)
      return false;
    return after(this.#queries.callSignatures(this.type), (signatures) => signatures.length > 0);
  }

  /** The type arguments of a generic class, interface, array or tuple. */
  typeArguments(): Soon<readonly TypeView[]> {
    const { type } = this;
    if (!type.isTypeReference()) return [];
    const found = this.#queries.aboutType('arguments', type.id, () => this.#queries.checker.getTypeArguments(type));
    return after(found, (types) => this.#views(types));
  }

  /** The element types of an array, a readonly array or a tuple; undefined for everything else. */
  elements(): Soon<readonly TypeView[] | undefined> {
    if (this.isTuple) return this.typeArguments();
    // Arrays are references to a generic type, and nothing else is.
    if (!this.type.isTypeReference()) return undefined;
    const isArray = this.#queries.aboutType('is array', this.type.id, () =>
      this.#queries.checker.isArrayType(this.type),
    );
    return after(isArray, (is) => (is ? this.typeArguments() : undefined));
  }

  /** Where the named type was declared; undefined for literals, unions and the like. */
  declaredIn(): Soon<DeclaredIn | undefined> {
    return this.#queries.aboutType('declared in', this.type.id, async () => {
      const symbol = (await this.type.getAliasSymbol?.()) ?? (await this.type.getSymbol());
      return symbol && declaredIn(symbol);
    });
  }

  /** As `declaredIn`, for the class or interface itself even where an alias names the type. */
  classDeclaredIn(): Soon<DeclaredIn | undefined> {
    return this.#queries.aboutType('class declared in', this.type.id, async () => {
      const symbol = await this.type.getSymbol();
      return symbol && declaredIn(symbol);
    });
  }

  /** Where the class or interface and everything it extends were declared, nearest first. */
  heritage(): Soon<readonly DeclaredIn[]> {
    return this.#queries.aboutType('heritage', this.type.id, async () => {
      if (this.type.isIntersectionType()) {
        const members = this.#views(await this.#queries.members(this.type));
        return (await Promise.all(members.map((member) => member.heritage()))).flat();
      }
      const own = await this.classDeclaredIn();
      const target = this.type.isTypeReference() ? await this.type.getTarget() : this.type;
      const bases = target.isClassOrInterface() ? ((await target.getBaseTypes()) ?? []) : [];
      const above = await Promise.all(bases.map((base) => this.#view(base).heritage()));
      return [...(own ? [own] : []), ...above.flat()];
    });
  }

  /**
   * Whether the type says so little that values with members of their own, such as promises, may stand behind it:
   * `object`, `{}`, and classes and interfaces that extend something that does not resolve.
   */
  admitsAnything(): Soon<boolean> {
    return this.#queries.aboutType('admits anything', this.type.id, async () => {
      const { type } = this;
      if ((type.flags & TypeFlags.NonPrimitive) !== 0) return true;
      if (type.isIntersectionType()) {
        const parts = await Promise.all(
          this.#views(await this.#queries.members(type)).map((part) => part.#extendsUnknown()),
        );
        return parts.includes(true);
      }
      if (!type.isObjectType()) return false;
      const [properties, calls, indexes] = await Promise.all([
        type.getProperties(),
        this.#queries.callSignatures(type),
        type.getIndexInfos(),
      ]);
      return properties.length + calls.length + indexes.length === 0 || this.#extendsUnknown();
    });
  }

  /** Whether a class or interface, or one that it extends, names a base that does not resolve. */
  async #extendsUnknown(): Promise<boolean> {
    const { type } = this;
    const target = type.isTypeReference() ? await type.getTarget() : type;
    if (!target.isClassOrInterface()) return false;
    const symbol = await target.getSymbol();
    // What the language's own library extends is there, and its trees are large.
    const places = (symbol?.declarations ?? []).filter(
      (place) => heirKinds.has(place.kind) && placeOf('', place).from !== 'lib',
    );
    if (places.length === 0) return false;
    const declarations = await nodesOf(places, this.#queries);
    const clauses = declarations.flatMap((node) => (node as Partial<HeritageNode>).heritageClauses ?? []);
    const named = clauses
      .filter((clause) => clause.token === SyntaxKind.ExtendsKeyword)
      .flatMap((clause) => clause.types);
    const types = await Promise.all(named.map((base) => this.#queries.typeAt(base)));
    if (types.some((base) => (base.flags & TypeFlags.Any) !== 0)) return true;
    const above = await Promise.all(
      ((await target.getBaseTypes()) ?? []).map((base) => this.#view(base).#extendsUnknown()),
    );
    return above.includes(true);
  }

  /** What the language's own collections and iterators give in a loop; undefined where that is not known. A Map gives pairs, which are left out. */
  async iteratedTypes(): Promise<readonly TypeView[] | undefined> {
    const elements = await this.elements();
    if (elements) return elements;
    const declared = await this.classDeclaredIn();
    if (declared?.from !== 'lib') return undefined;
    if (declared.name === 'Map' || declared.name === 'ReadonlyMap') return [];
    return iterableNames.has(declared.name) ? (await this.typeArguments()).slice(0, 1) : undefined;
  }

  thenability(): Soon<Thenability> {
    if (this.isUnknown) return unknownThenable;
    if (this.isNullish) return nullishThenable;
    if ((this.type.flags & (primitiveFlags | TypeFlags.Never)) !== 0) return notThenable;
    return this.#queries.aboutType('thenability', this.type.id, () => this.#thenability());
  }

  async #thenability(): Promise<Thenability> {
    const { type } = this;
    if (type.isUnionType()) return this.#ofUnion();
    if ((type.flags & instantiableFlags) !== 0) {
      const constraint = await this.constrained();
      if (!constraint || constraint.id === this.id) return unknownThenable;
      return constraint.thenability();
    }
    const symbol = type.isTypeReference() && !type.isTupleType() ? await type.getSymbol() : undefined;
    // All instances of a generic class have the same `then`, whatever their type arguments.
    const answer = await (symbol
      ? this.#queries.aboutType('then of', `symbol ${symbol.id} ${symbol.declarations[0]?.path ?? ''}`, () =>
          this.#then(),
        )
      : this.#then());
    return answer === undefined ? notThenable : { ...answer, extent: 'all', nullish: false, thenables: [this] };
  }

  async #ofUnion(): Promise<Thenability> {
    const answers = await Promise.all((await this.unionMembers()).map((member) => member.thenability()));
    const nullish = answers.some((answer) => answer.nullish);
    const counted = answers.filter((answer) => answer.extent !== 'none' || !answer.nullish);
    const thenable = counted.filter((answer) => answer.extent === 'all' || answer.extent === 'some');
    if (thenable.length === 0) {
      return {
        ...notThenable,
        nullish,
        extent: counted.some((answer) => answer.extent === 'unknown') ? 'unknown' : 'none',
      };
    }
    return {
      extent:
        thenable.length === counted.length && thenable.every((answer) => answer.extent === 'all') ? 'all' : 'some',
      isPromise: thenable.every((answer) => answer.isPromise),
      rejectable: thenable.some((answer) => answer.rejectable),
      nullish,
      thenables: thenable.flatMap((answer) => answer.thenables),
    };
  }

  /** Looks at the `then` member: what is not callable, or takes no function, makes no thenable. */
  async #then(): Promise<{ readonly isPromise: boolean; readonly rejectable: boolean } | undefined> {
    const then = await this.property('then');
    if (!then) return undefined;
    const signatures = (
      await Promise.all((await then.unionMembers()).map((member) => this.#queries.callSignatures(member.type)))
    ).flat();
    let takesFunction = false;
    let rejectable = false;
    for (const signature of signatures) {
      const [fulfilled, rejected] = await Promise.all([
        this.#takesFunction(signature, 0),
        this.#takesFunction(signature, 1),
      ]);
      takesFunction ||= fulfilled;
      rejectable ||= fulfilled && rejected;
    }
    if (!takesFunction) return undefined;
    const heritage = await this.heritage();
    return {
      rejectable,
      isPromise: heritage.some((declared) => declared.name === 'Promise' && declared.from === 'lib'),
    };
  }

  async #takesFunction(signature: Parameters<CheckerQueries['returnType']>[0], index: number): Promise<boolean> {
    if (signature.parameters.length <= index) return false;
    const parameter = this.#view(await this.#queries.parameterType(signature, index));
    for (const member of await parameter.unionMembers()) if (await member.isCallable()) return true;
    return false;
  }

  #view(type: Type): TypeView {
    return new TypeView(type, this.#queries);
  }

  #views(types: readonly Type[]): readonly TypeView[] {
    return types.map((type) => this.#view(type));
  }
}

/** The language's generic types whose first argument is what they give in a loop. */
const iterableNames = new Set([
  'Set',
  'ReadonlySet',
  'Iterable',
  'IterableIterator',
  'Iterator',
  'IteratorObject',
  'Generator',
  'ArrayIterator',
  'SetIterator',
  'MapIterator',
  'ArrayLike',
]);

/** What can extend something. */
const heirKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.InterfaceDeclaration,
]);

interface HeritageNode {
  readonly heritageClauses: readonly { readonly token: SyntaxKind; readonly types: readonly Node[] }[];
}

const notThenable: Thenability = { extent: 'none', isPromise: false, rejectable: false, nullish: false, thenables: [] };
const nullishThenable: Thenability = { ...notThenable, nullish: true };
const unknownThenable: Thenability = { ...notThenable, extent: 'unknown' };

const primitiveFlags =
  TypeFlags.StringLike |
  TypeFlags.NumberLike |
  TypeFlags.BigIntLike |
  TypeFlags.BooleanLike |
  TypeFlags.ESSymbolLike |
  TypeFlags.EnumLike;

const instantiableFlags =
  TypeFlags.TypeParameter | TypeFlags.IndexedAccess | TypeFlags.Conditional | TypeFlags.Substitution | TypeFlags.Index;

export function declaredIn(symbol: TsSymbol): DeclaredIn | undefined {
  const [declaration] = symbol.declarations;
  return declaration && placeOf(symbol.name, declaration);
}

export function placeOf(name: string, declaration: NodeHandle): DeclaredIn {
  const file: string = declaration.path;
  return { name, file, ...remember(homes, file, () => homeOf(file)) };
}

/** What is said of a file's path, by the path: names are asked about much more often than there are files. */
const homes = new Map<string, Pick<DeclaredIn, 'from' | 'packageName'>>();

function homeOf(file: string): Pick<DeclaredIn, 'from' | 'packageName'> {
  if (homes.size > mostHomes) homes.clear();
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  if (/^lib\..*d\.ts$/.test(basename(file)) && (inPackage === undefined || inPackage.startsWith('@typescript/')))
    return { from: 'lib' };
  return inPackage === undefined ? { from: 'project' } : { from: 'package', packageName: inPackage };
}

/** An editor's process goes on for days, from project to project. */
const mostHomes = 20_000;
