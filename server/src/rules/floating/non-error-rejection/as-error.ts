import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isStringLiteral,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** The value as an `Error`, with what is more than a text as its cause; undefined where the language has no `cause` yet. */
export async function asError(value: Node, { types, file }: RuleContext): Promise<string | undefined> {
  const at = unwrap(value);
  const isText =
    isStringLiteral(at) ||
    at.kind === SyntaxKind.TemplateExpression ||
    at.kind === SyntaxKind.NoSubstitutionTemplateLiteral;
  if (isText) return `new Error(${at.getText()})`;
  const type = await types.typeOf(at);
  if (type.isPrimitive)
    return /^"|^string$/.test(await type.text()) ? `new Error(${at.getText()})` : `new Error(String(${at.getText()}))`;
  const knowsCause = (await types.globalDeclaredIn('ErrorOptions', file.sourceFile, true)) !== undefined;
  if (!knowsCause || type.isNullish) return undefined;
  const quote = /"[^"\n]*"/.test(file.text) && !/'[^'\n]*'/.test(file.text) ? '"' : "'";
  return `new Error(${messageOf(at) ?? `${quote}Failed${quote}`}, { cause: ${value.getText()} })`;
}

/** The text of `message` in an object literal. */
function messageOf(value: Node): string | undefined {
  if (!isObjectLiteralExpression(value)) return undefined;
  const message = value.properties.find(
    (property) => isPropertyAssignment(property) && property.name.getText() === 'message',
  );
  const text = message && isPropertyAssignment(message) ? unwrap(message.initializer) : undefined;
  return text && isStringLiteral(text) ? text.getText() : undefined;
}
