import type { TextEdit } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import { isBindingPattern, isIdentifier, isVariableStatement, type Node } from '../typescript/ast.ts';

/**
 * Moves a statement in front of an earlier one of the same list: the one that a node stands in. Undefined where they
 * share no list, where it needs a name that is declared between the two, or where it shares a line with something else.
 */
export function movedBefore(
  statement: Node,
  node: Node,
  ctx: Pick<RuleContext, 'file' | 'fix'>,
): readonly TextEdit[] | undefined {
  const { statements } = statement.parent as { readonly statements?: readonly Node[] };
  let before: Node | undefined = node;
  while (before?.parent && before.parent !== statement.parent) before = before.parent;
  const from = before && statements ? statements.indexOf(before) : -1;
  const to = statements?.indexOf(statement) ?? -1;
  if (!before || !statements || from < 0 || to <= from) return undefined;
  if (statements.slice(from, to).some((between) => declares(between, statement))) return undefined;
  const { text } = ctx.file;
  const indent = indentBefore(before, text);
  const own = indentBefore(statement, text);
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end))?.[0];
  if (indent === undefined || own === undefined || rest === undefined) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return [
    ctx.fix.insert(before.getStart(), `${statement.getText()}${eol}${indent}`),
    ctx.fix.remove({ start: statement.getStart() - own.length, end: statement.end + rest.length }),
  ];
}

/** The white space that a line begins with; undefined where something else stands before the node. */
export function indentBefore(node: Node, text: string): string | undefined {
  const start = node.getStart();
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Whether a statement declares a name that another one uses. */
function declares(statement: Node, user: Node): boolean {
  if (!isVariableStatement(statement)) return false;
  const names = new Set<string>();
  const add = (name: Node | undefined): void => {
    if (!name) return;
    if (isIdentifier(name)) names.add(name.text);
    else if (isBindingPattern(name))
      for (const element of name.elements) add((element as { readonly name?: Node }).name);
  };
  for (const { name } of statement.declarationList.declarations) add(name);
  let found = false;
  const look = (node: Node): void => {
    found ||= isIdentifier(node) && names.has(node.text);
    if (!found) node.forEachChild(look);
  };
  look(user);
  return found;
}
