/** Conditions that tell some other error from an abort: by its class, by a detail, by what its message says. */
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteral,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';

type Side = 'true' | 'false' | undefined;

/**
 * The side of a condition on which a caught error is none that an abort throws; undefined where it says nothing about that.
 * @param isAbout whether an expression has the caught error in it
 */
export function otherErrorSide(condition: Node, isAbout: (node: Node) => boolean): Side {
  const at = unwrap(condition);
  if (isIdentifier(at)) {
    const kept = keptCondition(at);
    return kept && otherErrorSide(kept, isAbout);
  }
  if (isPrefixUnaryExpression(at) && at.operator === SyntaxKind.ExclamationToken)
    return opposite(otherErrorSide(at.operand, isAbout));
  if (isBinaryExpression(at)) return ofOperator(at.left, at.operatorToken.kind, at.right, isAbout);
  if (isCallExpression(at) && isAboutText(at, isAbout)) return 'true';
  if (!isAbout(at)) return undefined;
  if (isPropertyAccessExpression(at)) return isDetail(at) ? 'true' : undefined;
  return isCallExpression(at) && !isGeneralTest(lastName(at.expression) ?? '') ? 'true' : undefined;
}

function ofOperator(left: Node, operator: SyntaxKind, right: Node, isAbout: (node: Node) => boolean): Side {
  const tellsApart = (): boolean =>
    (isAbout(left) || isAbout(right)) &&
    (isDetail(left) || isDetail(right) || (isMessage(left) && isFixedText(unwrap(right))));
  switch (operator) {
    case SyntaxKind.InstanceOfKeyword:
      if (!isAbout(left)) return undefined;
      // What is no error at all is no abort either.
      return isGeneralError(right.getText()) ? 'false' : 'true';
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.EqualsEqualsToken:
      return tellsApart() ? 'true' : undefined;
    case SyntaxKind.ExclamationEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
      return tellsApart() ? 'false' : undefined;
    case SyntaxKind.BarBarToken: {
      const sides = [otherErrorSide(left, isAbout), otherErrorSide(right, isAbout)];
      return sides.includes('false') ? 'false' : sides.every((side) => side === 'true') ? 'true' : undefined;
    }
    case SyntaxKind.AmpersandAmpersandToken: {
      const sides = [otherErrorSide(left, isAbout), otherErrorSide(right, isAbout)];
      return sides.includes('true') ? 'true' : sides.every((side) => side === 'false') ? 'false' : undefined;
    }
    default:
      return undefined;
  }
}

function opposite(side: Side): Side {
  if (side === undefined) return undefined;
  return side === 'true' ? 'false' : 'true';
}

/** `const isRedirect = error.message.startsWith('MOVED')`: the condition that a constant keeps. */
function keptCondition(name: Node): Node | undefined {
  const variable = isIdentifier(name) ? declarationName(name)?.parent : undefined;
  if (!variable || !isVariableDeclaration(variable) || !variable.initializer) return undefined;
  const value = unwrap(variable.initializer);
  return isIdentifier(value) ? undefined : value;
}

/** `error.message.startsWith('NOSCRIPT')` and `/gone/.test(String(error))`: a text that no abort has. */
function isAboutText(
  call: Node & { readonly expression: Node; readonly arguments: readonly Node[] },
  isAbout: (node: Node) => boolean,
): boolean {
  const callee = unwrap(call.expression);
  const [argument] = call.arguments;
  if (!isPropertyAccessExpression(callee) || !argument) return false;
  const isTest = callee.name.text === 'test';
  if (!isTest && !/^(?:startsWith|endsWith|includes|match)$/.test(callee.name.text)) return false;
  const [text, pattern] = isTest ? [argument, callee.expression] : [callee.expression, argument];
  return isFixedText(unwrap(pattern)) && isTextOf(unwrap(text), isAbout);
}

/** Whether a pattern is written out, and nothing that the message of an abort or a timeout could have in it. */
function isFixedText(pattern: Node): boolean {
  const isFixed =
    isStringLiteral(pattern) || isNoSubstitutionTemplateLiteral(pattern) || isRegularExpressionLiteral(pattern);
  return isFixed && /[A-Za-z]{3}/.test(pattern.text) && !mayBeOfAbort.test(pattern.text);
}

const mayBeOfAbort = /abort|cancel|time.?out|timed|\boperation\b|signal|\breason\b/i;

/** `error.message`, `String(error)`, `errorText(error).toLowerCase()`, or a constant that is one of them. */
function isTextOf(text: Node, isAbout: (node: Node) => boolean): boolean {
  if (isAbout(text)) return isMessage(text) || isCallExpression(text);
  const kept = keptCondition(text);
  return kept !== undefined && isAbout(kept);
}

function isMessage(node: Node): boolean {
  const at = unwrap(node);
  return isPropertyAccessExpression(at) && /^(?:message|stack|msg|reason|detail)$/.test(at.name.text);
}

function isGeneralError(name: string): boolean {
  return name === 'Error' || name === 'Object' || /abort|cancel|DOMException/i.test(name);
}

/** `isError(e)`, `isNativeError(e)`: true of aborts too. */
function isGeneralTest(name: string): boolean {
  return (
    /^(?:isError|isNativeError|isErrorLike|isObject|Boolean|has|in)$/.test(name) || !/^(?:is|was|has)[A-Z]/.test(name)
  );
}

/** `error.code`, `error.response.status`: what tells one kind of error from another. */
function isDetail(node: Node): boolean {
  const at = unwrap(node);
  return (
    isPropertyAccessExpression(at) &&
    /^(?:code|name|status|statusCode|errno|type|kind|response|httpStatus|errcode)$/.test(at.name.text)
  );
}
