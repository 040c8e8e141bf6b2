import { fileStyle, indentAt } from '../../../engine/fixing/file-style.ts';
import { freeName } from '../../../engine/fixing/names.ts';
import { executorAround } from '../../../facts/lifetime/timers.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  calleeName,
  enclosingFunction,
  type FunctionNode,
  isBlock,
  isExpressionStatement,
  isFunctionNode,
  isReturnStatement,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { Context } from '../listener-per-call.ts';
import type { Listening } from './listening.ts';

/** `once`, or `{ once: true }`, where the first event is all that is waited for. */
export function listeningOnce(found: Listening, ctx: Context): Fix | undefined {
  const { call, method } = found;
  const around = executorAround(call);
  if (!around || enclosingFunction(call) !== around.executor || chooses(call.arguments[1])) return undefined;
  if (method === 'addEventListener')
    return call.arguments.length === 2 && call.arguments[1]
      ? ctx.fix.choice('Listen once', ctx.fix.after(call.arguments[1], ', { once: true }'))
      : undefined;
  const name = method === 'prependListener' ? 'prependOnceListener' : 'once';
  return ctx.fix.choice('Listen once', ctx.fix.replace(calleeName(call), name));
}

/** Whether a listener waits for one event among others. */
function chooses(listener: Node | undefined): boolean {
  let found = false;
  const body = listener && isFunctionNode(unwrap(listener)) ? (unwrap(listener) as FunctionNode).body : undefined;
  if (body)
    walkBody(body, ({ kind }) => {
      found ||= kind === SyntaxKind.IfStatement || kind === SyntaxKind.SwitchStatement;
      found ||= kind === SyntaxKind.ConditionalExpression || kind === SyntaxKind.AmpersandAmpersandToken;
      return !found;
    });
  return found;
}

/** A controller whose signal ends the listener, aborted by what the effect returns. */
export function abortedByEffect(found: Listening, effect: FunctionNode, ctx: Context): Fix | undefined {
  const { call, method } = found;
  const { body } = effect;
  const listener = call.arguments[1];
  const statement = wrapped(call).parent;
  if (method !== 'addEventListener' || call.arguments.length !== 2 || !listener || !body || !isBlock(body))
    return undefined;
  if (!isExpressionStatement(statement) || statement.parent !== body) return undefined;
  let returns = false;
  walkBody(body, (node) => {
    returns ||= isReturnStatement(node);
    return !returns;
  });
  const last = body.statements.at(-1);
  if (returns || !last) return undefined;
  const name = freeName(ctx.file.sourceFile, 'controller');
  const { semicolon, lineBreak } = fileStyle(ctx.file.sourceFile);
  const indent = indentAt(ctx.file.text, statement.getStart());
  return ctx.fix.choice(
    'Remove the listener when the effect ends',
    ctx.fix.before(statement, `const ${name} = new AbortController()${semicolon}${lineBreak}${indent}`),
    ctx.fix.after(listener, `, { signal: ${name}.signal }`),
    ctx.fix.after(last, `${lineBreak}${indent}return () => ${name}.abort()${semicolon}`),
  );
}
