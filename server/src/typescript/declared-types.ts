import { SignatureKind } from 'typescript/async';
import {
  type CallExpression,
  type Identifier,
  isAwaitExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isEnumDeclaration,
  isIdentifier,
  isNewExpression,
  isNonNullExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type NewExpression,
  type Node,
  NodeFlags,
} from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { declarationName, isDeclaredIn } from './lexical-scopes.ts';
import { remember } from './remember.ts';
import { TypeView } from './type-view.ts';

/**
 * Types that follow from declarations alone: `users.find(id).name` from the type of `users`, its member `find`, what that
 * returns, and its member `name`. Each of these steps is asked once a snapshot, however often the code takes it, so
 * most expressions cost the compiler nothing.
 *
 * Invariant: narrowing only takes away from a declared type, so what no declared type can be, no use can be. Where
 * inference could add something (generic signatures, any, unknown, unions in the middle), nothing is known.
 */
export class DeclaredTypes {
  readonly #queries: CheckerQueries;
  readonly #globals = new Map<string, Promise<readonly TypeView[] | undefined>>();
  readonly #known = new WeakMap<Node, Promise<readonly TypeView[] | undefined>>();

  constructor(queries: CheckerQueries) {
    this.#queries = queries;
  }

  /** Every type that the expression may have, by its declarations; undefined where they do not tell. */
  of(expression: Node): Promise<readonly TypeView[] | undefined> {
    return remember(this.#known, expression, () => this.#find(expression));
  }

  async #find(at: Node): Promise<readonly TypeView[] | undefined> {
    if (isParenthesizedExpression(at) || isNonNullExpression(at)) return this.of(at.expression);
    if (isIdentifier(at)) return this.#ofName(at);
    if (isAwaitExpression(at)) return this.#awaited(await this.of(at.expression));
    if (isPropertyAccessExpression(at)) {
      const owners = await this.of(at.expression);
      const [owner] = owners ?? [];
      if (!owner || owners?.length !== 1 || owner.type.isUnionType()) return undefined;
      const member = await owner.property(at.name.text);
      return member && telling([member]);
    }
    if (isCallExpression(at) || isNewExpression(at)) return this.#ofCall(at);
    return undefined;
  }

  async #ofName(name: Identifier): Promise<readonly TypeView[] | undefined> {
    const declared = declarationName(name);
    if (declared) {
      // At its declaration, the name of a class stands for what `new` makes; elsewhere for the class itself.
      if (isClassLikeDeclaration(declared.parent) || isEnumDeclaration(declared.parent)) return undefined;
      const value = initialValue(declared);
      const types = value && (await this.of(value));
      return types ?? telling([this.#view(await this.#queries.typeAt(declared))]);
    }
    if (isDeclaredIn(name)) return undefined;
    // What the file does not declare is global, and one thing wherever it is used.
    return remember(this.#globals, name.text, async () => telling([this.#view(await this.#queries.typeAt(name))]));
  }

  async #awaited(types: readonly TypeView[] | undefined): Promise<readonly TypeView[] | undefined> {
    if (!types) return undefined;
    const results = await Promise.all(
      types.map(({ type }) =>
        this.#queries.aboutType('awaited', type.id, () => this.#queries.checker.getAwaitedType(type)),
      ),
    );
    const known = results.filter((type) => type !== undefined && type !== null);
    return known.length === types.length ? telling(known.map((type) => this.#view(type))) : undefined;
  }

  async #ofCall(call: CallExpression | NewExpression): Promise<readonly TypeView[] | undefined> {
    const [callee, ...others] = (await this.of(call.expression)) ?? [];
    if (!callee || others.length > 0 || callee.type.isUnionType()) return undefined;
    const kind = isCallExpression(call) ? SignatureKind.Call : SignatureKind.Construct;
    return this.#queries.aboutType(`declared results ${kind}`, callee.id, async () => {
      const signatures = await (kind === SignatureKind.Call
        ? this.#queries.callSignatures(callee.type)
        : this.#queries.constructSignatures(callee.type));
      if (
        signatures.length === 0 ||
        signatures.some(({ typeParameters }) => typeParameters && typeParameters.length > 0)
      )
        return undefined;
      const results = await Promise.all(signatures.map((signature) => this.#queries.returnType(signature)));
      return telling(results.map((type) => this.#view(type)));
    });
  }

  #view(type: TypeView['type']): TypeView {
    return new TypeView(type, this.#queries);
  }
}

/** The value that a constant takes its type from, where that is all there is to it. */
function initialValue(name: Identifier): Node | undefined {
  const variable = name.parent;
  if (!isVariableDeclaration(variable) || variable.type || variable.name !== name) return undefined;
  const isConstant = (variable.parent.flags & NodeFlags.Const) !== 0;
  return isConstant ? variable.initializer : undefined;
}

/** Types that say something: neither any nor unknown, and no type parameter (`this` included) that a use would fill in. */
function telling(types: readonly TypeView[]): readonly TypeView[] | undefined {
  return types.some((type) => type.isUnknown || type.isOpen) ? undefined : types;
}
