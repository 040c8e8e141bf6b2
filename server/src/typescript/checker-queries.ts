import type { Node } from 'typescript/ast';
import {
  type Checker,
  type LanguageService,
  type NodeHandle,
  type Project,
  type ReferencedSymbolEntry,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
} from 'typescript/async';
import { coalesce } from './coalesce.ts';
import { DeclaredTypes } from './declared-types.ts';
import { NodeNotes, numberOf } from './node-notes.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { remember } from './remember.ts';
import { Answers, type Soon } from './soon.ts';

/**
 * The checker's questions, each asked once per snapshot and together with others of its kind.
 * Only the oracle uses this; rules ask in the domain's words.
 */
export class CheckerQueries {
  readonly checker: Checker;
  readonly #languageService: LanguageService;
  readonly typeAt: (node: Node) => Soon<Type>;
  readonly symbolAt: (node: Node) => Soon<TsSymbol | undefined>;
  /** Types by declarations alone, which are asked before types by use. */
  readonly declared: DeclaredTypes;
  readonly typeOfSymbol: (symbol: TsSymbol) => Soon<Type>;
  readonly #nodes = new NodeNotes<AboutNode>();
  readonly #byType = new Map<string, Answers>();
  /** What types have under a name, by the name. */
  readonly #byMember = new Map<string, Answers>();
  readonly #byKey = new Map<string, Promise<unknown>>();
  readonly #bySymbol = new Map<TsSymbol, Soon<Type>>();
  readonly #aliases = new Map<TsSymbol, Promise<Aliased>>();
  readonly #declarations = new Map<string, Promise<Node | undefined>>();
  /** The trees on their way, by their paths. */
  readonly trees = new OneAtATime();
  /** By the text of the name that was searched for. */
  readonly #searches = new Map<string, readonly Promise<readonly ReferencedSymbolEntry[]>[]>();

  constructor(project: Project) {
    const { checker } = project;
    this.checker = checker;
    this.declared = new DeclaredTypes(this);
    this.#languageService = project.languageService;
    const askType = coalesce<Node, Type>((nodes) => checker.getTypeAtLocation(nodes));
    const askSymbol = coalesce<Node, TsSymbol | undefined>((nodes) => checker.getSymbolAtLocation(nodes));
    const askTypeOfSymbol = coalesce<TsSymbol, Type>((symbols) => checker.getTypeOfSymbol(symbols));
    this.typeAt = (node) => {
      const known = this.#at(node);
      known.type ??= askType(node).then((type) => (known.type = type));
      return known.type;
    };
    this.symbolAt = (node) => {
      const known = this.#at(node);
      if (known.symbol === null) return undefined;
      known.symbol ??= askSymbol(node).then((symbol) => {
        known.symbol = symbol ?? null;
        return symbol ?? undefined;
      });
      return known.symbol;
    };
    this.typeOfSymbol = (symbol) => {
      return remember(this.#bySymbol, symbol, () =>
        askTypeOfSymbol(symbol).then((type) => {
          this.#bySymbol.set(symbol, type);
          return type;
        }),
      );
    };
  }

  contextualType(node: Node): Promise<Type | undefined> {
    const known = this.#at(node);
    known.contextual ??= this.checker.getContextualType(node as never).then((type) => type ?? undefined);
    return known.contextual;
  }

  /** The variable that `{ name }` reads. */
  async shorthandValue(property: Node): Promise<TsSymbol | undefined> {
    return (await this.checker.getShorthandAssignmentValueSymbol(property)) ?? undefined;
  }

  /** Remembers an answer about a type under the type's id, which is stable within a snapshot. */
  aboutType<T>(question: string, id: number | string, answer: () => Soon<T>): Soon<T> {
    return remember(this.#byType, question, () => new Answers()).about(id, answer);
  }

  /** Remembers an answer for as long as the snapshot lives. */
  aboutProgram<T>(key: string, answer: () => Promise<T>): Promise<T> {
    return remember(this.#byKey, key, answer) as Promise<T>;
  }

  members(type: Type): Soon<readonly Type[]> {
    if (!type.isUnionType() && !type.isIntersectionType()) return [type];
    return this.aboutType('members', type.id, async () => (await type.getTypes()) ?? []);
  }

  /** What awaiting a value of the type gives. */
  awaited(type: Type): Soon<Type | undefined> {
    return this.aboutType('awaited', type.id, async () => (await this.checker.getAwaitedType(type)) ?? undefined);
  }

  property(type: Type, name: string): Soon<TsSymbol | undefined> {
    return remember(this.#byMember, name, () => new Answers()).about(
      type.id,
      async () => (await this.checker.getPropertyOfType(type, name)) ?? undefined,
    );
  }

  callSignatures(type: Type): Soon<readonly Signature[]> {
    return this.aboutType('calls', type.id, () => this.checker.getSignaturesOfType(type, SignatureKind.Call));
  }

  constructSignatures(type: Type): Soon<readonly Signature[]> {
    return this.aboutType('constructs', type.id, () => this.checker.getSignaturesOfType(type, SignatureKind.Construct));
  }

  returnType(signature: Signature): Soon<Type> {
    return this.aboutType('return', signature.id, () => this.checker.getReturnTypeOfSignature(signature));
  }

  parameterType(signature: Signature, index: number): Soon<Type> {
    return this.aboutType(`parameter ${index}`, signature.id, () => this.checker.getParameterType(signature, index));
  }

  /** What an imported name stands for, undefined where that is not found; and the files that hand it on by name. */
  aliased(symbol: TsSymbol): Promise<Aliased> {
    return remember(this.#aliases, symbol, () => this.#aliased(symbol));
  }

  async #aliased(symbol: TsSymbol): Promise<Aliased> {
    const [target, next] = await Promise.all([
      this.checker.getAliasedSymbol(symbol),
      this.checker.getImmediateAliasedSymbol(symbol),
    ]);
    if (await this.checker.isUnknownSymbol(target)) return { target: undefined, through: [] };
    const through: string[] = [];
    for (let at = next; at && (at.flags & SymbolFlags.Alias) !== 0 && through.length < mostHands; ) {
      through.push(...at.declarations.map(({ path }) => path));
      at = await this.checker.getImmediateAliasedSymbol(at);
    }
    return { target, through };
  }

  /**
   * The places that name what a declaration's name stands for, in all files of the program; the name itself included.
   * Undefined where there are more than `atMost`.
   */
  async references(name: Node, atMost = Number.POSITIVE_INFINITY): Promise<readonly Node[] | undefined> {
    const handles = (await this.#search(name)).flatMap((symbol) => symbol.references);
    if (handles.length > atMost) return undefined;
    const known = this.#at(name);
    known.references ??= this.#resolveAll(handles);
    return known.references;
  }

  /** The declarations of everything that the same search finds: a method's overrides and implementations. Undefined for more than `atMost`. */
  async relatedDeclarations(name: Node, atMost: number): Promise<readonly Node[] | undefined> {
    const handles = (await this.#search(name)).map((symbol) => symbol.definition);
    return handles.length > atMost ? undefined : this.#resolveAll(handles);
  }

  #search(name: Node): Promise<readonly ReferencedSymbolEntry[]> {
    const known = this.#at(name);
    known.search ??= this.#searchOnce(name);
    return known.search;
  }

  /** Members that override each other are found together: names of one text wait for each other, and share what is found. */
  #searchOnce(name: Node): Promise<readonly ReferencedSymbolEntry[]> {
    const text = name.getText();
    const earlier = this.#searches.get(text) ?? [];
    const search = this.#searchAfter(earlier, name);
    this.#searches.set(text, [...earlier, search]);
    return search;
  }

  async #searchAfter(
    earlier: readonly Promise<readonly ReferencedSymbolEntry[]>[],
    name: Node,
  ): Promise<readonly ReferencedSymbolEntry[]> {
    for (const search of earlier) {
      const found = await search;
      if (found.some(({ definition }) => isHandleOf(definition, name))) return found;
    }
    return this.#languageService.getReferencedSymbolsForNode(name, name.getStart());
  }

  async #resolveAll(handles: readonly NodeHandle[]): Promise<readonly Node[]> {
    const nodes = await Promise.all(handles.map((handle) => this.declaration(handle)));
    return nodes.filter((node) => node !== undefined);
  }

  /** The declaration's node, decoded from its own file where necessary. */
  declaration(handle: NodeHandle): Promise<Node | undefined> {
    const key = `${handle.path} ${handle.index}`;
    return remember(this.#declarations, key, () => this.trees.run(handle.path, () => handle.resolve()));
  }

  #at(node: Node): AboutNode {
    return remember(this.#nodes, node, () => ({}));
  }
}

/** Whether what a search found is the declaration that a name belongs to. */
function isHandleOf({ path, index }: NodeHandle, name: Node): boolean {
  return index === numberOf(name.parent) && path === name.getSourceFile().path;
}

/** Names that are handed on through more files than these are rare. */
const mostHands = 10;

interface Aliased {
  readonly target: TsSymbol | undefined;
  readonly through: readonly string[];
}

/** The questions asked about one node. */
interface AboutNode {
  type?: Soon<Type>;
  /** null for what has no symbol. */
  symbol?: Soon<TsSymbol | undefined> | null;
  contextual?: Promise<Type | undefined>;
  search?: Promise<readonly ReferencedSymbolEntry[]>;
  references?: Promise<readonly Node[]>;
}
