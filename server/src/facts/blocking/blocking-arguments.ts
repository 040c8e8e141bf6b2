import type { BlockingApi, SleepApi } from '../../knowledge/blocking.ts';
import {
  type CallExpression,
  isArrayLiteralExpression,
  isBinaryExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isStringLiteral,
  isTemplateExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';

/** Whether a function blocks with the arguments of this call. */
export function blocksWith(call: CallExpression, api: BlockingApi): boolean {
  const { when, unless } = api;
  const { arguments: args } = call;
  // The terminal is written to at once, whatever function is used.
  if (api.name === 'writeSync' && /^(?:[12]|process\.std(?:out|err)\.fd)$/.test(args[0]?.getText() ?? '')) return false;
  // Keys on curves are made in less time than a promise takes.
  if (
    api.name === 'generateKeyPairSync' &&
    /^['"`](?:ec|ed25519|ed448|x25519|x448)['"`]$/.test(args[0]?.getText() ?? '')
  )
    return false;
  if (unless && args.some((argument) => argument.getText().includes(unless.text))) return false;
  if (!when) return true;
  if (when.argumentsAtMost !== undefined && args.length > when.argumentsAtMost) return false;
  const argument = args[when.argument];
  if (!argument) return false;
  if (when.equals !== undefined)
    return argument.kind === (when.equals ? SyntaxKind.TrueKeyword : SyntaxKind.FalseKeyword);
  return when.atLeast === undefined || (numberOf(argument) ?? 0) >= when.atLeast;
}

/** A process that does nothing but sleep: `execSync('sleep 2')`, `spawnSync('sleep', ['2'])`. */
export function sleepingProcess(call: CallExpression, api: BlockingApi): SleepApi | undefined {
  const [command, args] = call.arguments;
  const text = command && literalStart(command);
  if (text === undefined) return undefined;
  const program = /^\s*(?:\/(?:usr\/)?bin\/)?(?:sleep|timeout\s+\/t|Start-Sleep)(?:\s|$)/i.test(text);
  const powershell = /^\s*(?:powershell|pwsh)\b.*\bStart-Sleep\b/i.test(text);
  if (!program && !powershell) return undefined;
  const hasOnlyThat = !/[;&|]/.test(command?.getText() ?? '');
  const isList = args !== undefined && isArrayLiteralExpression(unwrap(args));
  return hasOnlyThat || isList ? { name: api.name } : undefined;
}

/** How long a process sleeps by its arguments, in milliseconds; undefined where no plain number says it. */
export function processSleepMilliseconds(call: CallExpression): number | undefined {
  const [command, args] = call.arguments;
  const list = args && unwrap(args);
  const seconds =
    list && isArrayLiteralExpression(list)
      ? list.elements[0] && literalStart(list.elements[0])
      : /^\s*(?:\/(?:usr\/)?bin\/)?sleep\s+([\d.]+)s?\s*$/.exec((command && wholeLiteral(command)) ?? '')?.[1];
  const value = seconds === undefined || !/^[\d.]+s?$/.test(seconds) ? Number.NaN : Number.parseFloat(seconds);
  return Number.isFinite(value) ? Math.round(value * 1000) : undefined;
}

/** The value of a number written out, products and powers of two included: `64 * 1024`, `1 << 20`. */
export function numberOf(node: Node): number | undefined {
  const at = unwrap(node);
  if (isNumericLiteral(at)) return Number(at.text.replaceAll('_', ''));
  if (!isBinaryExpression(at)) return undefined;
  const left = numberOf(at.left);
  const right = numberOf(at.right);
  if (left === undefined || right === undefined) return undefined;
  switch (at.operatorToken.kind) {
    case SyntaxKind.AsteriskToken:
      return left * right;
    case SyntaxKind.AsteriskAsteriskToken:
      return left ** right;
    case SyntaxKind.LessThanLessThanToken:
      return left << right;
    case SyntaxKind.PlusToken:
      return left + right;
    default:
      return undefined;
  }
}

function wholeLiteral(node: Node): string | undefined {
  const at = unwrap(node);
  return isStringLiteral(at) || isNoSubstitutionTemplateLiteral(at) ? at.text : undefined;
}

function literalStart(node: Node): string | undefined {
  const at = unwrap(node);
  if (isTemplateExpression(at)) return at.head.text;
  if (isBinaryExpression(at) && at.operatorToken.kind === SyntaxKind.PlusToken) return literalStart(at.left);
  return wholeLiteral(at);
}
