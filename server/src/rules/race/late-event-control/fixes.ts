import { isNameTaken } from '../../../engine/fixing/names.ts';
import { indentBefore, movedBefore } from '../../../engine/moving-fixes.ts';
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
  const edits = owner === inside && isExpressionStatement(statement) ? movedBefore(statement, wait, ctx) : undefined;
  return edits && ctx.fix.choice(`Call \`${event.text}.${member}()\` before the wait`, edits);
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
  const indent = before && indentBefore(before, text);
  if (!before || indent === undefined || before.pos >= first.name.pos) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = /;\s*$/m.test(text) ? ';' : '';
  return ctx.fix.choice(
    `Keep \`${first.event.text}.${first.member}\` before the wait`,
    ctx.fix.insert(before.getStart(), `const { ${first.member} } = ${first.event.text}${end}${eol}${indent}`),
    accesses.map((access) => ctx.fix.replace(access, first.member)),
  );
}

/** The statement of a function's own block that a node stands in. */
function outermostStatement(node: Node, fn: Node & { readonly body?: Node | undefined }): Node | undefined {
  for (let at = node; at.parent; at = at.parent) if (at.parent === fn.body) return at;
  return undefined;
}
