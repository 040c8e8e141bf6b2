import { SignatureKind, type Type, TypeFlags } from 'typescript/async';
import {
  type CallExpression,
  type Identifier,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isEnumDeclaration,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isNonNullExpression,
  isParameterDeclaration,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isTypeReferenceNode,
  isVariableDeclaration,
  type NewExpression,
  type Node,
  NodeFlags,
  type PropertyAccessExpression,
  type SourceFile,
  SyntaxKind,
  type TypeParameterDeclaration,
} from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { declarationName, isDeclaredIn } from './lexical-scopes.ts';
import { NodeNotes } from './node-notes.ts';
import { remember } from './remember.ts';
import { Answers, after, allOf, type Soon } from './soon.ts';
import { TypeView } from './type-view.ts';

/** Every type that an expression may have by its declarations. */
export interface Declared {
  readonly types: readonly TypeView[];
  /**
   * Whether type parameters of a signature stand in the types where a use would fill them in: `Promise<T>`. What the
   * types are is certain, what they are made of is not.
   */
  readonly isGeneric: boolean;
}

/**
 * Types that follow from declarations alone: `users.find(id).name` from the type of `users`, its member `find`, what that
 * returns, and its member `name`. Each of these steps is asked once a snapshot, however often the code takes it, so
 * most expressions cost the compiler nothing.
 *
 * Invariant: narrowing only takes away from a declared type, so what no declared type can be, no use can be. Where
 * inference could add something (a bare type parameter, any, unknown, unions in the middle), nothing is known.
 */
export class DeclaredTypes {
  readonly #queries: CheckerQueries;
  readonly #globals = new Answers();
  readonly #ofClass = new WeakMap<Node, Soon<Declared | undefined>>();
  /** The types of annotations by their texts, for each file. */
  readonly #annotations = new WeakMap<SourceFile, Answers>();
  /** null where the declarations do not tell. */
  readonly #known = new NodeNotes<Soon<Declared | undefined> | null>();

  constructor(queries: CheckerQueries) {
    this.#queries = queries;
  }

  /** Every type that the expression may have, by its declarations; undefined where they do not tell. */
  of(expression: Node): Soon<Declared | undefined> {
    const known = this.#known.get(expression);
    if (known !== undefined) return known ?? undefined;
    const found = this.#find(expression);
    this.#known.set(expression, found ?? null);
    if (found instanceof Promise) {
      found.then(
        (types) => this.#known.set(expression, types ?? null),
        () => undefined,
      );
    }
    return found;
  }

  #find(at: Node): Soon<Declared | undefined> {
    if (isParenthesizedExpression(at) || isNonNullExpression(at)) return this.of(at.expression);
    if (isIdentifier(at)) return this.#ofName(at);
    if (isAwaitExpression(at)) return after(this.of(at.expression), (declared) => this.#awaited(declared));
    if (at.kind === SyntaxKind.ThisKeyword) return this.#ofThis(at);
    if (isPropertyAccessExpression(at)) return after(this.of(at.expression), (owner) => this.#ofMember(at, owner));
    if (isCallExpression(at) || isNewExpression(at)) return this.#ofCall(at);
    return undefined;
  }

  /** In a class, `this` is one thing wherever it stands. */
  #ofThis(at: Node): Soon<Declared | undefined> {
    const owner = classOfThis(at);
    if (!owner) return undefined;
    return remember(this.#ofClass, owner, () =>
      after(this.#queries.typeAt(at), (type) =>
        // What subclasses add to it is not known here.
        after(this.#view(type).constrained(), (known) => known && this.#telling([known], true)),
      ),
    );
  }

  #ofMember(at: PropertyAccessExpression, declared: Declared | undefined): Soon<Declared | undefined> {
    const owner = single(declared);
    if (!declared || !owner) return undefined;
    if (owner.isAny) return declared;
    const name = at.name.text;
    return after(owner.property(name), (member) =>
      member ? this.#telling([member], declared.isGeneric) : this.#ofMissing(at, owner, name),
    );
  }

  /** A member that the type does not declare: the compiler takes it for any, unless there is an index signature. */
  #ofMissing(at: Node, owner: TypeView, name: string): Soon<Declared | undefined> {
    return this.#queries.aboutType(`missing ${name}`, owner.id, () =>
      after(this.#queries.typeAt(at), (type) => {
        const view = this.#view(type);
        return view.isAny ? { types: [view], isGeneric: false } : undefined;
      }),
    );
  }

  #ofName(name: Identifier): Soon<Declared | undefined> {
    const declared = declarationName(name);
    if (declared) {
      // At its declaration, the name of a class stands for what `new` makes; elsewhere for the class itself.
      if (isClassLikeDeclaration(declared.parent) || isEnumDeclaration(declared.parent)) return undefined;
      const value = initialValue(declared);
      return after(value && this.of(value), (types) => types ?? this.#ofDeclaration(declared));
    }
    if (isDeclaredIn(name)) return undefined;
    // What the file does not declare is global, and one thing wherever it is used.
    return this.#globals.about(name.text, () => this.#asked(name, true));
  }

  /** Declarations with one and the same type annotation have one type. */
  #ofDeclaration(name: Identifier): Soon<Declared | undefined> {
    const annotation = plainAnnotation(name.parent);
    // Only what is imported keeps being any; a variable takes its type from what it is set to.
    if (annotation === undefined) return this.#asked(name, !isVariableDeclaration(name.parent));
    const known = remember(this.#annotations, name.getSourceFile(), () => new Answers());
    return known.about(annotation, () => this.#asked(name, true));
  }

  #asked(name: Identifier, isLasting: boolean): Soon<Declared | undefined> {
    return after(this.#queries.typeAt(name), (type) => {
      const view = this.#view(type);
      return view.isAny && isLasting ? { types: [view], isGeneric: false } : this.#telling([view], false);
    });
  }

  #awaited(declared: Declared | undefined): Soon<Declared | undefined> {
    if (!declared || isAny(declared)) return declared;
    const results = allOf(declared.types.map(({ type }) => this.#queries.awaited(type)));
    return after(results, (types) => {
      const known = types.filter((type) => type !== undefined);
      if (known.length < types.length) return undefined;
      return this.#telling(
        known.map((type) => this.#view(type)),
        declared.isGeneric,
      );
    });
  }

  #ofCall(call: CallExpression | NewExpression): Soon<Declared | undefined> {
    const kind = isCallExpression(call) ? SignatureKind.Call : SignatureKind.Construct;
    return after(this.of(call.expression), (declared) => {
      const callee = single(declared);
      if (!declared || !callee || callee.isAny) return callee && declared;
      const results = this.#queries.aboutType(
        kind === SignatureKind.Call ? 'call results' : 'construct results',
        callee.id,
        () => this.#results(callee.type, kind),
      );
      return declared.isGeneric ? after(results, (found) => found && { ...found, isGeneric: true }) : results;
    });
  }

  #results(callee: Type, kind: SignatureKind): Soon<Declared | undefined> {
    const signatures =
      kind === SignatureKind.Call ? this.#queries.callSignatures(callee) : this.#queries.constructSignatures(callee);
    return after(signatures, (found) => {
      if (found.length === 0) return undefined;
      const isGeneric = found.some(({ typeParameters }) => typeParameters && typeParameters.length > 0);
      return after(allOf(found.map((signature) => this.#queries.returnType(signature))), (types) =>
        this.#telling(
          types.map((type) => this.#view(type)),
          isGeneric,
        ),
      );
    });
  }

  /** Types that say something: neither any nor unknown, and no type parameter (`this` included) that a use would fill in. */
  #telling(types: readonly TypeView[], isGeneric: boolean): Soon<Declared | undefined> {
    if (types.some(saysNothing)) return undefined;
    const declared = { types, isGeneric };
    if (!isGeneric) return declared;
    const members = types.map(({ type }) =>
      type.isUnionType() || (type.flags & TypeFlags.Intersection) !== 0 ? this.#queries.members(type) : [],
    );
    return after(allOf(members), (all) =>
      all.flat().some((type) => saysNothing(this.#view(type))) ? undefined : declared,
    );
  }

  #view(type: Type): TypeView {
    return new TypeView(type, this.#queries);
  }
}

/** The one type that is not a union, whose members can be looked up. */
function single(declared: Declared | undefined): TypeView | undefined {
  const [type, ...others] = declared?.types ?? [];
  return type && others.length === 0 && !type.type.isUnionType() ? type : undefined;
}

function isAny({ types }: Declared): boolean {
  return types.length === 1 && types[0]?.isAny === true;
}

/** The value that a variable takes its type from, where that is all there is to it. */
function initialValue(name: Identifier): Node | undefined {
  const variable = name.parent;
  if (!isVariableDeclaration(variable) || variable.type || variable.name !== name) return undefined;
  const { initializer, parent } = variable;
  // Literals say less about a variable that changes.
  const isKept = (parent.flags & NodeFlags.Const) !== 0 || (initializer && typedKinds.has(initializer.kind));
  return isKept ? initializer : undefined;
}

const typedKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.AwaitExpression,
]);

/** The text of a variable's or parameter's type, where no type parameter around it can give the same text another meaning. */
function plainAnnotation(declaration: Node): string | undefined {
  if (!isVariableDeclaration(declaration) && !isParameterDeclaration(declaration)) return undefined;
  const { type } = declaration;
  if (!type || !isTypeReferenceNode(type) || type.typeArguments || !isIdentifier(type.typeName)) return undefined;
  const name = type.typeName.text;
  for (let at: Node | undefined = declaration.parent; at; at = at.parent) {
    const { typeParameters } = at as { readonly typeParameters?: readonly TypeParameterDeclaration[] };
    if (typeParameters?.some((parameter) => parameter.name.text === name)) return undefined;
  }
  const isOptional = isParameterDeclaration(declaration) && (declaration.questionToken || declaration.dotDotDotToken);
  return isOptional ? undefined : name;
}

/** The class whose `this` stands here; undefined where a function may have another one. */
function classOfThis(node: Node): Node | undefined {
  let at: Node = node;
  while (at.parent) {
    const above: Node = at.parent;
    if (isClassLikeDeclaration(above)) return isOfInstance(at) ? above : undefined;
    if (isFunctionNode(above) && !isArrowFunction(above)) {
      if (!isClassLikeDeclaration(above.parent) || above.parameters[0]?.name.getText() === 'this') return undefined;
    }
    at = above;
  }
  return undefined;
}

function isOfInstance(member: Node): boolean {
  if (member.kind === SyntaxKind.ClassStaticBlockDeclaration || member.kind === SyntaxKind.HeritageClause) return false;
  const { modifiers } = member as { readonly modifiers?: readonly Node[] };
  return !modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword || kind === SyntaxKind.Decorator);
}

function saysNothing(type: TypeView): boolean {
  return type.isUnknown || type.isOpen;
}
