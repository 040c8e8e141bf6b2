import { functionName } from '../../../facts/uses.ts';
import type { FunctionNode } from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

export type Context = RuleContext<'lost' | 'cleared' | 'replaced' | 'pending' | 'swapped' | 'newer' | 'closure'>;

/** Why nothing is reported where no other task is to be seen. */
export function nobodyElse(fn: FunctionNode): () => string {
  return () => `nothing shows that another task can run while \`${functionName(fn)?.text ?? 'this function'}\` waits`;
}
