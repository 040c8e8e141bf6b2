import type { FlagOption, RuleOption } from '../../../model/rule.ts';
import { type FunctionNode, isCallExpression, type Node, unwrap } from '../../../typescript/ast.ts';
import { nameOf } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

interface Options extends Readonly<Record<string, RuleOption>> {
  readonly files: FlagOption;
  readonly parameters: FlagOption;
  readonly weak: FlagOption;
}

export type Context = RuleContext<
  'doubled' | 'entry' | 'limit' | 'early' | 'overtaken' | 'ended' | 'timer' | 'file' | 'reopened' | 'anew',
  Options
>;

/** Why nothing is reported where nothing shows that two calls can overlap. */
export function alone(fn: FunctionNode): string {
  return `nothing shows that two calls of \`${nameOf(fn)}\` can be under way at once`;
}

/** What names a write: the target of an assignment, or the method that puts something in. */
export function targetOf(write: Node): Node {
  return isCallExpression(write) ? unwrap(write.expression) : write;
}
