import { isErrorClass, isThrownOnPurpose } from '../../../knowledge/thrown-values.ts';
import {
  type Identifier,
  isArrayLiteralExpression,
  isCallExpression,
  isCatchClause,
  isFunctionNode,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isSpreadAssignment,
  isStringLiteral,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

/** What its form alone shows to be no Error. */
export function isPlainlyNoError(value: Node): boolean {
  const at = unwrap(value);
  switch (at.kind) {
    case SyntaxKind.TemplateExpression:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
      return true;
    default:
      return (
        isStringLiteral(at) ||
        isNumericLiteral(at) ||
        isArrayLiteralExpression(at) ||
        // `{ ...error }` is made from something that was caught; its type decides.
        (isObjectLiteralExpression(at) && !at.properties.some(isSpreadAssignment))
      );
  }
}

/** What was caught, or what a callback was given: where it came from decides what it is. */
export function isPassedOn(value: Node): boolean {
  const at = unwrap(value);
  const declared = isIdentifier(at) ? declarationName(at) : undefined;
  if (!declared) return false;
  if (isCatchClause(declared.parent.parent)) return true;
  return isParameterDeclaration(declared.parent) && isFunctionNode(declared.parent.parent);
}

/**
 * Whether a parameter is a text, a number or the like, of a function with callers of its own or of a callback that a
 * promise gives its value to: that is no error from elsewhere.
 */
export async function isPlainValue(value: Node, { types }: RuleContext): Promise<boolean> {
  const declared = declarationName(unwrap(value) as Identifier);
  const fn = declared?.parent.parent;
  const call = fn && isFunctionNode(fn) ? wrapped(fn).parent : undefined;
  if (!call) return false;
  const link = isCallExpression(call) ? chainCall(call) : undefined;
  const isOfValue = link?.method === 'then' && link.args[0] !== undefined && unwrap(link.args[0]) === fn;
  if (isCallExpression(call) && !isOfValue) return false;
  const members = await (await types.typeOf(value)).unionMembers();
  return members.length > 0 && members.every(({ isPrimitive }) => isPrimitive);
}

/** Whether no value of the type is an Error. False where the type does not tell. */
export async function isNoError(value: Node, allowed: readonly string[], { types }: RuleContext): Promise<boolean> {
  const members = await (await types.typeOf(value)).unionMembers();
  if (members.length === 0) return false;
  const verdicts = await Promise.all(members.map((member) => cannotBeError(member, allowed)));
  return verdicts.every(Boolean);
}

async function cannotBeError(type: TypeView, allowed: readonly string[]): Promise<boolean> {
  if (type.isUnknown || type.isOpen || type.isNever) return false;
  if (type.isPrimitive || type.isNullish) return true;
  // A promise is thrown to wait for it, as React does.
  const [{ extent }, heritage, alias, isVague] = await Promise.all([
    type.thenability(),
    type.heritage(),
    type.declaredIn(),
    type.admitsAnything(),
  ]);
  if (extent !== 'none' || isVague) return false;
  const named = alias ? [...heritage, alias] : heritage;
  if (named.some((each) => isErrorClass(each) || isThrownOnPurpose(each) || allowed.includes(each.name))) return false;
  // What has the members of an Error passes for one.
  const [name, message] = await Promise.all([type.propertySymbol('name'), type.propertySymbol('message')]);
  return name === undefined || message === undefined;
}
