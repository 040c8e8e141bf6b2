import { useOf } from '../../../facts/lifetime/held-values.ts';
import { missedEnd } from '../../../facts/lifetime/missed-ends.ts';
import { wayOutOf } from '../../../facts/rejection/failing-paths.ts';
import {
  type BindingElement,
  type CallExpression,
  type Identifier,
  isIdentifier,
  isObjectBindingPattern,
  isVariableDeclaration,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** A response of undici's `request` whose body nobody reads, on one path at least. */
export interface UnreadBody {
  /** The way out that leaves it; undefined where no path reads it. */
  readonly out: Node | undefined;
}

/** Undefined where the body is read or handed on, or where the call is none of undici's. */
export async function unreadBody(
  call: CallExpression | NewExpression,
  ctx: RuleContext,
): Promise<UnreadBody | undefined> {
  const held = heldResponse(call);
  if (!held) return undefined;
  const origins = await ctx.types.origins(call.expression);
  const isRequest = origins.some(
    ({ module, path }) => module === 'undici' && /^(?:\w+\.)?request$/.test(path.join('.')),
  );
  if (!isRequest) return undefined;
  const { name, readers } = held;
  if (!name || readers.length === 0) return { out: undefined };
  const miss = await missedEnd(
    { variable: name, written: name, ends: readers, writes: [], ways: new Set(['end', 'return', 'throw']) },
    ctx,
  );
  return miss && { out: wayOutOf(miss) };
}

interface HeldResponse {
  /** The variable of the response, or of its body; undefined where the body is not even named. */
  readonly name: Identifier | undefined;
  /** The uses that read the body, or give it to somebody. */
  readonly readers: readonly Identifier[];
}

/** `const { statusCode, body } = await request(url)` and `const response = await request(url)`. */
function heldResponse(call: CallExpression | NewExpression): HeldResponse | undefined {
  const declaration = wrapped(wrapped(call).parent).parent;
  if (!isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (unwrap(declaration.initializer).kind === call.kind) return undefined;
  const { name } = declaration;
  if (isIdentifier(name)) {
    const uses = referencesTo(name).filter((use) => use !== name);
    return { name, readers: uses.filter(readsBody) };
  }
  if (!isObjectBindingPattern(name)) return undefined;
  const elements = name.elements as readonly BindingElement[];
  if (elements.some((one) => one.dotDotDotToken)) return undefined;
  const body = elements.find((one) => (one.propertyName ?? one.name)?.getText() === 'body');
  if (!body) return { name: undefined, readers: [] };
  if (!body.name || !isIdentifier(body.name)) return undefined;
  const declared = body.name;
  return { name: declared, readers: referencesTo(declared).filter((use) => use !== declared) };
}

/** `response.body…`, and whatever gives the whole of it to somebody. */
function readsBody(name: Identifier): boolean {
  const use = useOf(name);
  if (use.kind === 'member') return use.member === 'body' || use.member === '';
  return use.kind !== 'look';
}
