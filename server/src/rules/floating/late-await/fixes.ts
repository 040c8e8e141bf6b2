import { shortName } from '../../../facts/promises/dropped-name.ts';
import type { KeptCall } from '../../../facts/promises/kept-promises.ts';
import type { StartedPromise } from '../../../facts/promises/started-promise.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  type Identifier,
  isAwaitExpression,
  isBlock,
  isExpressionStatement,
  isForOfStatement,
  isIdentifier,
  isSourceFile,
  isVariableStatement,
  isWithin,
  type Node,
  NodeFlags,
  unwrap,
} from '../../../typescript/ast.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import type { LoopWait } from './loops.ts';
import type { UnguardedWait } from './unguarded.ts';

type Fixes = readonly (Fix | undefined)[];

export function variableFixes(kept: KeptCall, { kind }: StartedPromise, found: UnguardedWait, ctx: RuleContext): Fixes {
  return [awaitTogether(found, ctx), kind === 'promise' ? guardAtOnce(kept.written, ctx) : undefined];
}

/** `const a = await p; const b = await q;` → `const [a, b] = await Promise.all([p, q]);` where nothing stands between. */
function awaitTogether({ wait, use }: UnguardedWait, ctx: RuleContext): Fix | undefined {
  const list = statementsAround(wait);
  if (!list) return undefined;
  const first = list.findIndex((statement) => isWithin(wait, statement));
  const used = list.findIndex((statement) => isWithin(use.name, statement));
  const waits = list.slice(Math.max(first, 0)).map(plainAwait);
  // What is called later may need what was awaited before; a variable has been there already.
  const stop = waits.findIndex((one, at) => !one || (at > 0 && !isIdentifier(unwrap(one.operand))));
  const all = waits.slice(0, stop < 0 ? undefined : stop).filter((one) => one !== undefined);
  const statements = list.slice(first, first + all.length);
  if (first < 0 || used <= first || first + all.length <= used) return undefined;
  const start = statements[0]?.getStart() ?? 0;
  const end = statements.at(-1)?.end ?? 0;
  const { text } = ctx.file;
  if (/\/[/*]/.test(text.slice(start, end))) return undefined;
  const names = all.map(({ name }) => name);
  while (names.length > 0 && names.at(-1) === '') names.pop();
  const awaited = `await Promise.all([${all.map(({ operand }) => operand.getText()).join(', ')}])`;
  const semicolon = text[end - 1] === ';' ? ';' : '';
  const bound = names.length > 0 ? `const [${names.join(', ')}] = ` : '';
  const title = `Await ${all.length === 2 ? 'both' : 'all'} together with \`Promise.all\``;
  return ctx.fix.choice(title, ctx.fix.replace({ start, end }, `${bound}${awaited}${semicolon}`));
}

/** `await x;` or `const name = await x;`; the name is empty for the former. */
function plainAwait(statement: Node): { readonly name: string; readonly operand: Node } | undefined {
  if (isExpressionStatement(statement)) {
    const awaited = unwrap(statement.expression);
    return isAwaitExpression(awaited) ? { name: '', operand: awaited.expression } : undefined;
  }
  if (!isVariableStatement(statement) || (statement.declarationList.flags & NodeFlags.Const) === 0) return undefined;
  if (
    (statement.declarationList.flags & NodeFlags.Using) !== 0 &&
    (statement.declarationList.flags & NodeFlags.Let) !== 0
  )
    return undefined;
  const [declaration, another] = statement.declarationList.declarations;
  const awaited = declaration?.initializer;
  if (!declaration || another || declaration.type || !awaited || !isAwaitExpression(awaited)) return undefined;
  return { name: declaration.name.getText(), operand: awaited.expression };
}

/** Takes charge of the rejection in the turn in which the promise starts; awaiting it later still throws. */
export function guardAtOnce(written: Identifier, ctx: RuleContext): Fix | undefined {
  const statement = statementOf(written);
  if (!statement) return undefined;
  const { text } = ctx.file;
  const start = statement.getStart();
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  const unit = indent.includes('\t') || /\n\t/.test(text) ? '\t' : '  ';
  const lines = [`${written.text}.catch(() => {`, `${unit}// Handled where it is awaited.`, '});'];
  const title = `Take charge of the rejection of \`${written.text}\` at once`;
  return ctx.fix.choice(title, ctx.fix.after(statement, lines.map((line) => `\n${indent}${line}`).join('')));
}

/** The statement of a declaration or assignment, where it stands in a list of statements. */
function statementOf(name: Node): Node | undefined {
  let at = name;
  while (at.parent && !isVariableStatement(at) && !isExpressionStatement(at)) at = at.parent;
  return at.parent && (isBlock(at.parent) || isSourceFile(at.parent)) ? at : undefined;
}

function statementsAround(node: Node): readonly Node[] | undefined {
  const { parent } = statementOf(node) ?? {};
  return parent && (isBlock(parent) || isSourceFile(parent)) ? parent.statements : undefined;
}

/** `for (const p of ps) … await p …` → `for (const p of await Promise.all(ps)) … p …` */
export function loopFixes(loop: Node, wait: LoopWait, list: { readonly name: Node }, ctx: RuleContext): Fixes {
  if (!isForOfStatement(loop)) return [];
  const title = `Await all of \`${shortName(list.name)}\` together`;
  const all = [ctx.fix.before(loop.expression, 'await Promise.all('), ctx.fix.after(loop.expression, ')')];
  if (wait.isForAwait) {
    const start = wait.node.getStart();
    const end = start + 'await'.length + (/^\s*/.exec(ctx.file.text.slice(start + 'await'.length))?.[0].length ?? 0);
    return [ctx.fix.choice(title, ctx.fix.remove({ start, end }), all)];
  }
  const [place] = wait.element ? referencesTo(wait.element) : [];
  if (!place || !isAwaitExpression(wait.node)) return [];
  return [ctx.fix.choice(title, all, ctx.fix.removeAwait(wait.node))];
}
