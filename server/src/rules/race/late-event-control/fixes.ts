import { isNameTaken } from '../../../engine/fixing/names.ts';
import type { Fix } from '../../../model/finding.ts';
import { isExpressionStatement, isPropertyAccessExpression, type Node } from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { EventControl } from './control.ts';

/** The call moves in front of the statement that waits. */
export function moveFix(
  { step, owner, inside, event, member }: EventControl,
  wait: Node,
  ctx: RuleContext,
): Fix | undefined {
  const statement = step.parent;
  if (owner !== inside || !isExpressionStatement(statement)) return undefined;
  const before = neighbourWith(wait, statement);
  const lines = before && linesOf(statement, ctx.file.text);
  if (!before || !lines) return undefined;
  const { text } = ctx.file;
  const indent = indentAt(before, text);
  if (indent === undefined) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return ctx.fix.choice(
    `Call \`${event.text}.${member}()\` before the wait`,
    ctx.fix.insert(before.getStart(), `${statement.getText()}${eol}${indent}`),
    ctx.fix.remove(lines),
  );
}

/** The property is kept in a variable in front of the statement that waits. */
export function keepFix(controls: readonly EventControl[], wait: Node, ctx: RuleContext): Fix | undefined {
  const [first] = controls;
  if (!first || isNameTaken(ctx.file.sourceFile, first.member)) return undefined;
  const accesses = controls.map(({ name }) => name.parent);
  if (controls.some(({ inside }) => inside !== first.inside) || !accesses.every(isPropertyAccessExpression))
    return undefined;
  const before = outermostStatement(wait, first.inside);
  const { text } = ctx.file;
  const indent = before && indentAt(before, text);
  if (!before || indent === undefined || before.pos >= first.name.pos) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = /;\s*$/m.test(text) ? ';' : '';
  return ctx.fix.choice(
    `Keep \`${first.event.text}.${first.member}\` before the wait`,
    ctx.fix.insert(before.getStart(), `const { ${first.member} } = ${first.event.text}${end}${eol}${indent}`),
    accesses.map((access) => ctx.fix.replace(access, first.member)),
  );
}

/** The neighbour in front of a statement that a node stands in. */
function neighbourWith(node: Node, statement: Node): Node | undefined {
  const { statements } = statement.parent as { readonly statements?: readonly Node[] };
  if (!statements) return undefined;
  for (let at = node; at.parent; at = at.parent)
    if (at.parent === statement.parent) return statements.indexOf(at) < statements.indexOf(statement) ? at : undefined;
  return undefined;
}

/** The statement of a function's own block that a node stands in. */
function outermostStatement(node: Node, fn: Node & { readonly body?: Node | undefined }): Node | undefined {
  for (let at = node; at.parent; at = at.parent) if (at.parent === fn.body) return at;
  return undefined;
}

function linesOf(statement: Node, text: string): { readonly start: number; readonly end: number } | undefined {
  const start = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end))?.[0];
  if (rest === undefined || !/^[ \t]*$/.test(text.slice(start, statement.getStart()))) return undefined;
  return { start, end: statement.end + rest.length };
}

function indentAt(node: Node, text: string): string | undefined {
  const start = node.getStart();
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*$/.test(before) ? before : undefined;
}
