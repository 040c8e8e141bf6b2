import type { Fix } from '../../../model/finding.ts';
import {
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isStringLiteral,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { CachingPlace } from './place.ts';

/** Forgets the promise when it rejects, and passes the error on. */
export async function forgetFix(place: CachingPlace, ctx: RuleContext): Promise<Fix | undefined> {
  const forget = await forgetting(place, ctx);
  if (forget === undefined) return undefined;
  const { isJavaScript, text } = ctx.file;
  const end = /;\s*$/m.test(text) ? ';' : '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const { value, write } = place;
  const indent = /^[ \t]*/.exec(lineOf(text, value.getStart()))?.[0] ?? '';
  const step = text.includes('\n\t') ? '\t' : '  ';
  const parameter = isJavaScript ? 'error' : 'error: unknown';
  const lines = [`.catch((${parameter}) => {`, `${step}${forget}${end}`, `${step}throw error${end}`, '})'];
  const title = `Forget it when it rejects`;
  // The value of `new` needs no parentheses before `.catch`, and a call never does.
  return value.pos > write.end ? undefined : ctx.fix.choice(title, ctx.fix.after(value, lines.join(`${eol}${indent}`)));
}

/** The statement that empties the cache. Undefined where it could not be written so that it compiles. */
async function forgetting({ cache, how, key }: CachingPlace, ctx: RuleContext): Promise<string | undefined> {
  const text = cache.getText();
  if (how === 'map') return key && isPlainKey(key) ? `${text}.delete(${key.getText()})` : undefined;
  if (how === 'element') {
    const { argumentExpression } = cache as Node & { readonly argumentExpression: Node };
    return isPlainKey(argumentExpression) ? `delete ${text}` : undefined;
  }
  if (ctx.file.isJavaScript) return `${text} = undefined`;
  const [declaration] = await ctx.types.declarationsOf(cache);
  const written = (declaration as { readonly type?: Node } | undefined)?.type?.getText() ?? '';
  if (/\bundefined\b/.test(written)) return `${text} = undefined`;
  if (/\bnull\b/.test(written)) return `${text} = null`;
  const isOptional =
    declaration && isPropertyDeclaration(declaration) && declaration.postfixToken?.kind === SyntaxKind.QuestionToken;
  if (!isOptional) return undefined;
  // An optional field may be deleted whatever `exactOptionalPropertyTypes` says; a private name may not.
  const isPrivateName = isPropertyAccessExpression(cache) && cache.name.kind === SyntaxKind.PrivateIdentifier;
  return isPrivateName ? `${text} = undefined` : `delete ${text}`;
}

/** A key that gives the same value when it is read again. */
function isPlainKey(key: Node): boolean {
  const at = unwrap(key);
  if (isPropertyAccessExpression(at)) return isPlainKey(at.expression);
  return isIdentifier(at) || isStringLiteral(at) || isNumericLiteral(at) || at.kind === SyntaxKind.ThisKeyword;
}

function lineOf(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1);
}
