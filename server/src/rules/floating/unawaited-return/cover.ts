import type { Related } from '../../../model/finding.ts';
import {
  type FunctionNode,
  isBlock,
  isTryStatement,
  isVariableStatement,
  type Node,
  type ReturnStatement,
  SyntaxKind,
  spanOf,
  type TryStatement,
} from '../../../typescript/ast.ts';
import { isUsing } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

/** What would still act on the promise if it settled inside the function. */
export interface Cover {
  readonly catches: TryStatement | undefined;
  readonly cleans: TryStatement | undefined;
  readonly using: { readonly name: string; readonly at: Node } | undefined;
}

/** Looks outwards from the return to the function's end. */
export function coverOf(statement: ReturnStatement, fn: FunctionNode): Cover | undefined {
  let catches: TryStatement | undefined;
  let cleans: TryStatement | undefined;
  let using: Cover['using'];
  for (let at: Node = statement; at !== fn; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && at !== parent.finallyBlock) {
      if (at === parent.tryBlock && parent.catchClause) catches ??= parent;
      if (parent.finallyBlock) cleans ??= parent;
    }
    using ??= usingBefore(at);
  }
  return catches || cleans || using ? { catches, cleans, using } : undefined;
}

/** A `using` or `await using` declaration among the statements before this one. */
function usingBefore(statement: Node): Cover['using'] {
  const { parent } = statement;
  if (isForOfWithUsing(parent) && statement === parent.statement)
    return { name: parent.initializer.getText().replace(/^(?:await\s+)?using\s+/, ''), at: parent.initializer };
  const { statements } = parent as { readonly statements?: readonly Node[] };
  if (
    !statements ||
    !(isBlock(parent) || parent.kind === SyntaxKind.CaseClause || parent.kind === SyntaxKind.DefaultClause)
  )
    return undefined;
  for (const before of statements) {
    if (before === statement) return undefined;
    if (!isVariableStatement(before) || !isUsing(before.declarationList)) continue;
    const [declaration] = before.declarationList.declarations;
    if (declaration) return { name: declaration.name.getText(), at: declaration };
  }
  return undefined;
}

function isForOfWithUsing(node: Node): node is Node & { readonly initializer: Node; readonly statement: Node } {
  return (
    node.kind === SyntaxKind.ForOfStatement && isUsing((node as Node & { readonly initializer: Node }).initializer)
  );
}

/** The second place of a finding: the handler, the clean-up or the declaration that comes too early. */
export function relatedTo(key: string, cover: Cover, ctx: RuleContext): readonly Related[] {
  const keyword = (at: Node, length: number, message: string): Related => {
    const { start } = spanOf(at);
    return { file: ctx.file.path, span: { start, end: start + length }, message };
  };
  if (key === 'disposed')
    return cover.using
      ? [{ file: ctx.file.path, span: spanOf(cover.using.at), message: 'is disposed when this scope ends' }]
      : [];
  if (key === 'tooEarly') return cover.cleans?.finallyBlock ? [finallyKeyword(cover.cleans, ctx)] : [];
  return cover.catches?.catchClause
    ? [keyword(cover.catches.catchClause, 'catch'.length, 'handles only what is thrown before the return')]
    : [];
}

function finallyKeyword(statement: TryStatement, ctx: RuleContext): Related {
  const start = ctx.file.text.lastIndexOf('finally', statement.finallyBlock?.getStart());
  return {
    file: ctx.file.path,
    span: { start, end: start + 'finally'.length },
    message: 'runs as soon as the promise is returned',
  };
}
