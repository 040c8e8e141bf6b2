/** What the rounds of a loop leave behind, and whether one round can notice another. */
import { accessAt, rootOf } from '../../../facts/overlap/places.ts';
import {
  enclosingFunction,
  type Identifier,
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isNumericLiteral,
  isPropertyAccessExpression,
  isTryStatement,
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
  /** `list` keeps the order of the rounds, `keyed` puts each result under a key; the order does not matter to `sum` and `count`. */
  readonly kind: 'list' | 'keyed' | 'sum' | 'count';
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
    if (isSetOnce(declared, uses, loop)) {
      collectors.push({ declared, kind: 'count', uses });
      continue;
    }
    const kinds = new Set(uses.map(kindOfUse));
    const [kind] = kinds;
    if (kinds.size > 1 || (kind !== 'list' && kind !== 'keyed' && kind !== 'sum' && kind !== 'count'))
      return `every round writes \`${declared.text}\``;
    const reads = referencesTo(declared).filter((use) => isWithin(use, loop) && !uses.includes(use));
    if (reads.length > 0) return `a round reads \`${declared.text}\`, which the others write`;
    if (enclosingFunction(declared) !== enclosingFunction(loop))
      return `\`${declared.text}\` belongs to more than this run`;
    if (kind === 'list' && addsSeveral(uses, loop))
      return `a round adds several elements to \`${declared.text}\`, in order`;
    collectors.push({ declared, kind, uses });
  }
  return collectors;
}

/** Whether one round may add more than one element: the places are not each other's alternatives. */
function addsSeveral(uses: readonly Identifier[], loop: Node): boolean {
  return uses.some((first, index) => uses.slice(index + 1).some((second) => !areAlternatives(first, second, loop)));
}

function areAlternatives(first: Node, second: Node, loop: Node): boolean {
  for (let at: Node = first; at !== loop; at = at.parent) {
    const ends =
      isBlock(at) && at.statements.some((statement) => isContinueStatement(statement) || isBreakStatement(statement));
    if (ends && !isWithin(second, at)) return true;
    const { parent } = at;
    if (isWithin(second, parent))
      return isIfStatement(parent) || isTryStatement(parent) || parent.kind === SyntaxKind.CaseBlock;
  }
  return false;
}

/**
 * `if (!x.y) x.y = …` with a value that is the same in every round: whoever comes first sets it, and nobody can tell who.
 * Nothing else in the loop looks at it.
 */
function isSetOnce(declared: Identifier, uses: readonly Identifier[], loop: Node): boolean {
  const [first] = uses;
  let test: Node | undefined = first?.parent;
  while (test && test !== loop && !isIfStatement(test)) test = test.parent;
  if (!test || !isIfStatement(test)) return false;
  const condition = test.expression.getText();
  const { text } = declared;
  if (!new RegExp(`!\\s*${escaped(text)}\\b|\\b${escaped(text)}[^&|]*={2,3}\\s*(?:null|undefined)`).test(condition))
    return false;
  const inside = referencesTo(declared).filter((use) => isWithin(use, loop));
  if (!inside.every((use) => isWithin(use, test)) || /\bawait\b/.test(test.getText())) return false;
  return uses.every((use) => {
    let at: Node = use;
    while (!isBinaryExpression(at) && !isExpressionStatement(at)) at = at.parent;
    return isBinaryExpression(at) && !namesLoop(at.right, loop);
  });
}

function namesLoop(value: Node, loop: Node): boolean {
  let found = false;
  const visit = (node: Node): void => {
    const declared = isIdentifier(node) && isName(node) ? declarationName(node) : undefined;
    if (declared && isWithin(declared, loop)) found = true;
    node.forEachChild(visit);
  };
  visit(value);
  return found;
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}

function isName(node: Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) && parent.name === node) return false;
  return (parent as { readonly name?: Node }).name !== node || parent.kind === SyntaxKind.ShorthandPropertyAssignment;
}

/** How a place uses the variable that it names. */
function kindOfUse(name: Node): 'read' | 'list' | 'keyed' | 'sum' | 'count' | 'write' {
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
  return isCount(at) ? 'count' : isSum(at) ? 'sum' : 'write';
}

function isPlainWrite(access: Node): boolean {
  const at = wrapped(access);
  const { parent } = at;
  return isBinaryExpression(parent) && parent.left === at && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** `n++`, `n += 1` and `found = true` as statements, which are the same in any order. */
function isCount(at: Node): boolean {
  const { parent } = at;
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken)
    return isConstant(unwrap(parent.right)) && isExpressionStatement(parent.parent);
  if (parent.kind === SyntaxKind.PostfixUnaryExpression || parent.kind === SyntaxKind.PrefixUnaryExpression)
    return isExpressionStatement(parent.parent);
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusEqualsToken) return false;
  return isNumericLiteral(unwrap(parent.right)) && isExpressionStatement(parent.parent);
}

/** `sum += price` behind the wait of the round. */
function isSum(at: Node): boolean {
  const { parent } = at;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusEqualsToken) return false;
  return startsAsNumber(at) && !/\bawait\b/.test(parent.right.getText()) && isExpressionStatement(parent.parent);
}

/** `let sum = 0`: what is added to it is a number too. */
function startsAsNumber(name: Node): boolean {
  const declaration = isIdentifier(name) ? declarationName(name)?.parent : undefined;
  const { initializer } = (declaration ?? {}) as { readonly initializer?: Node };
  return initializer !== undefined && isNumericLiteral(unwrap(initializer));
}

function isConstant({ kind }: Node): boolean {
  return kind === SyntaxKind.TrueKeyword || kind === SyntaxKind.FalseKeyword || kind === SyntaxKind.NullKeyword;
}

const changing = new Set('clear copyWithin delete fill pop push reverse set add shift sort splice unshift'.split(' '));

/** The keys of what the collectors are, as effects name them. */
export function rootsOf(collectors: readonly Collector[]): ReadonlySet<string> {
  return new Set(collectors.flatMap(({ declared }) => rootOf(declared, undefined)?.of ?? []));
}
