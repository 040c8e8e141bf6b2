import { freeName } from '../../../engine/fixing/names.ts';
import { indentBefore } from '../../../engine/moving-fixes.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  isArrowFunction,
  isBlock,
  isExpressionStatement,
  isFunctionNode,
  isReturnStatement,
  isWithin,
  type Node,
  walkBody,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { Effect } from './effect.ts';
import type { LateState } from './late-state.ts';

/** `let ignore = false; … if (!ignore) setUser(user); … return () => { ignore = true; };` */
export function ignoreFix({ fn }: Effect, states: readonly LateState[], ctx: RuleContext): Fix | undefined {
  const { body } = fn;
  if (!body || !isBlock(body) || hasReturns(body)) return undefined;
  if (states.some(({ setter }) => !isWithin(setter, body))) return undefined;
  const first = body.statements[0];
  const last = body.statements.at(-1);
  const { text } = ctx.file;
  const indent = first && indentBefore(first, text);
  if (!first || !last || indent === undefined) return undefined;
  const name = freeName(ctx.file.sourceFile, 'ignore');
  const guarded = states.map((state) => guard(state, name, ctx));
  if (guarded.includes(undefined)) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = /;\s*$/m.test(text) ? ';' : '';
  const step = text.includes('\n\t') ? '\t' : '  ';
  return ctx.fix.choice(
    'Ignore the answer once the effect has run again',
    ctx.fix.insert(first.getStart(), `let ${name} = false${end}${eol}${indent}`),
    guarded.flatMap((edits) => edits ?? []),
    ctx.fix.insert(
      last.end,
      `${eol}${indent}return () => {${eol}${indent}${step}${name} = true${end}${eol}${indent}}${end}`,
    ),
  );
}

function guard({ setter, call }: LateState, name: string, ctx: RuleContext): readonly TextEdit[] | undefined {
  if (!call) {
    const text = setter.getText();
    const end = /;\s*$/m.test(ctx.file.text) ? ';' : '';
    return [ctx.fix.replace(setter, `(value) => { if (!${name}) ${text}(value)${end} }`)];
  }
  const { parent } = call;
  if (isExpressionStatement(parent)) {
    return /\bawait\b/.test(call.getText()) ? undefined : [ctx.fix.insert(parent.getStart(), `if (!${name}) `)];
  }
  // `.then((user) => setUser(user))`
  const isWhole = isArrowFunction(parent) && parent.body === call;
  return isWhole ? [ctx.fix.insert(call.getStart(), `!${name} && `)] : undefined;
}

function hasReturns(body: Node): boolean {
  let found = false;
  walkBody(body, (node) => {
    found ||= isReturnStatement(node);
    return !isFunctionNode(node);
  });
  return found;
}
