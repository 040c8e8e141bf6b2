import {
  type Block,
  isBlock,
  isCaseClause,
  isClassLikeDeclaration,
  isDefaultClause,
  isFunctionDeclaration,
  isMethodDeclaration,
  isModuleBlock,
  isSourceFile,
  isTryStatement,
  type Node,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** Whether somebody has written beside a place, or above what surrounds it, why its error does not matter. */
export function isExplained(node: Node, from: number, ctx: RuleContext): boolean {
  if (commentNear(node, from, ctx)) return true;
  let inner = node;
  let isOwn = true;
  for (let at: Node = node; at.parent && !isSourceFile(at); at = at.parent) {
    if (isTryStatement(at) && at.tryBlock === inner && at.catchClause && isIgnoredOnPurpose(at.catchClause.block, ctx))
      return true;
    inner = at;
    if (!isStatementOrMember(at)) continue;
    const above = ctx.file.text.slice(at.pos, at.getStart());
    if ((isOwn ? reasons : decisions).test(above)) return true;
    isOwn = false;
    if (isFunctionDeclaration(at) || isClassLikeDeclaration(at) || isMethodDeclaration(at)) return false;
  }
  return false;
}

function isIgnoredOnPurpose(block: Block, { file }: RuleContext): boolean {
  return block.statements.length === 0 && /\/[/*]/.test(file.text.slice(block.pos, block.end));
}

function isStatementOrMember(node: Node): boolean {
  return holdsStatements(node.parent) || isClassLikeDeclaration(node.parent);
}

/** Whether there is a comment between `from` and the end of a node, or behind it on the same line. */
export function commentNear(node: Node, from: number, { file }: RuleContext): boolean {
  const inside = file.text.slice(from, node.end).replaceAll(/'[^'\n]*'|"[^"\n]*"/g, '');
  const [lineEnd = ''] = file.text.slice(node.end).split('\n', 1);
  const behind = /^[\s;,)]*(\/[/*].*)/.exec(lineEnd)?.[1] ?? '';
  return commentsIn(inside).some(saysWhy) || (saysWhy(behind) && (reasons.test(behind) || words(behind) > 2));
}

function commentsIn(text: string): readonly string[] {
  return text.match(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g) ?? [];
}

/** Notes about work that is left, and words to other tools, give no reason. */
function saysWhy(comment: string): boolean {
  return (
    words(comment) > 0 &&
    !/\b(?:TODO|FIXME|BUG|XXX|HACK)\b|\b(?:eslint|biome|oxlint|tslint|prettier|istanbul|c8|v8)[- ]|@ts-/.test(comment)
  );
}

function words(comment: string): number {
  return comment.match(/\p{L}[\p{L}\p{N}'’-]*/gu)?.length ?? 0;
}

function holdsStatements(node: Node): boolean {
  return isBlock(node) || isSourceFile(node) || isCaseClause(node) || isDefaultClause(node) || isModuleBlock(node);
}

/** A comment above tells what the statement does; only with such a word does it tell that a failure is expected. */
const reasons =
  /ignor|swallow|best[ -]?effort|fail|error|reject|optional|harmless|matter|silent|suppress|no-?op|fire[ -]and[ -]forget|unhandled|catch|non-?fatal|non-?critical|cannot|can't|anyway|next (?:time|run)/i;

/** Above something larger, only words that plainly speak of an error that is let go. */
const decisions =
  /fire[ -]and[ -]forget|best[ -]?effort|(?:ignor|swallow|suppress)\w*[^.]{0,40}(?:error|fail|reject)|non-?fatal/i;
