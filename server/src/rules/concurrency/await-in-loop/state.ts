/** What the rounds of a loop leave behind, and whether one round can notice another. */
import { accessAt, rootOf } from '../../../facts/places.ts';
import {
  enclosingFunction,
  type Identifier,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** Something outside a loop in which its rounds leave their results. */
export interface Collector {
  readonly declared: Identifier;
  /** `list` keeps the order of the rounds, `keyed` puts each result under a key, `count` only counts. */
  readonly kind: 'list' | 'keyed' | 'count';
  /** The places in the loop where something is left. */
  readonly uses: readonly Identifier[];
}

/**
 * The variables of the same function that the rounds of a loop only add to; or the reason why a round can notice another:
 * it reads or replaces what the others write.
 */
export function collectorsOf(loop: Node, body: Node): readonly Collector[] | string {
  const written = new Map<Identifier, Identifier[]>();
  let reason: string | undefined;
  const visit = (node: Node): void => {
    if (isIdentifier(node)) {
      const declared = isName(node) ? declarationName(node) : undefined;
      if (declared && !isWithin(declared, loop) && kindOfUse(node) !== 'read') {
        const known = written.get(declared);
        if (known) known.push(node);
        else written.set(declared, [node]);
      }
    } else if (node.kind === SyntaxKind.ThisKeyword && kindOfUse(node) !== 'read')
      reason = 'every round writes a field';
    node.forEachChild(visit);
  };
  visit(body);
  if (reason) return reason;
  const collectors: Collector[] = [];
  for (const [declared, uses] of written) {
    const kinds = new Set(uses.map(kindOfUse));
    const [kind] = kinds;
    if (kinds.size > 1 || (kind !== 'list' && kind !== 'keyed' && kind !== 'count'))
      return `every round writes \`${declared.text}\``;
    const reads = referencesTo(declared).filter((use) => isWithin(use, loop) && !uses.includes(use));
    if (reads.length > 0) return `a round reads \`${declared.text}\`, which the others write`;
    if (enclosingFunction(declared) !== enclosingFunction(loop))
      return `\`${declared.text}\` belongs to more than this run`;
    collectors.push({ declared, kind, uses });
  }
  return collectors;
}

function isName(node: Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) && parent.name === node) return false;
  return (parent as { readonly name?: Node }).name !== node || parent.kind === SyntaxKind.ShorthandPropertyAssignment;
}

/** How a place uses the variable that it names. */
function kindOfUse(name: Node): 'read' | 'list' | 'keyed' | 'count' | 'write' {
  const at = wrapped(name);
  const { parent } = at;
  if (isPropertyAccessExpression(parent) && parent.expression === at) {
    const call = wrapped(parent).parent;
    if (isCallExpression(call) && call.expression === wrapped(parent)) {
      if (!isExpressionStatement(wrapped(call).parent)) return changing.has(parent.name.text) ? 'write' : 'read';
      if (parent.name.text === 'push') return 'list';
      if (parent.name.text === 'set' || parent.name.text === 'add') return 'keyed';
      return changing.has(parent.name.text) ? 'write' : 'read';
    }
  }
  const access = accessAt(name);
  if (access === 'read') return 'read';
  if (access === 'keyed') return isElementAccessExpression(parent) && isPlainWrite(parent) ? 'keyed' : 'write';
  return isCount(at) ? 'count' : 'write';
}

function isPlainWrite(access: Node): boolean {
  const at = wrapped(access);
  const { parent } = at;
  return isBinaryExpression(parent) && parent.left === at && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** `n++` and `n += 1` as statements, which are the same in any order. */
function isCount(at: Node): boolean {
  const { parent } = at;
  if (parent.kind === SyntaxKind.PostfixUnaryExpression || parent.kind === SyntaxKind.PrefixUnaryExpression)
    return isExpressionStatement(parent.parent);
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusEqualsToken) return false;
  return isNumericLiteral(unwrap(parent.right)) && isExpressionStatement(parent.parent);
}

const changing = new Set('clear copyWithin delete fill pop push reverse set add shift sort splice unshift'.split(' '));

/** The keys of what the collectors are, as effects name them. */
export function rootsOf(collectors: readonly Collector[]): ReadonlySet<string> {
  return new Set(collectors.flatMap(({ declared }) => rootOf(declared, undefined)?.of ?? []));
}
