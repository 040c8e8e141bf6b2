import { causeOf } from '../../../facts/rejection/failing-paths.ts';
import type { Miss } from '../../../flow/paths.ts';
import type { Interleaving } from '../../../model/interleaving.ts';
import type { Location } from '../../../model/span.ts';
import { type CallExpression, calleeName, type Node, spanOf } from '../../../typescript/ast.ts';
import { nameOf } from '../../../typescript/promise-syntax.ts';

/** The first task leaves with the lock, and the second one waits for it. */
export function interleavingOf(call: CallExpression, miss: Miss, what: string, file: string): Interleaving {
  const at = (node: Node): Location => ({ file, span: spanOf(node) });
  const own = at(calleeName(call));
  const out = miss.how === 'end' ? own : at(miss.at);
  const name = nameOf(call);
  return {
    tasks: [
      { name: 'one task', ...own },
      { name: 'another task', ...own },
    ],
    steps: [
      { task: 0, kind: 'acquires', text: `\`${name}\` succeeds`, ...own },
      ...(miss.how === 'fault' ? ([{ task: 0, kind: 'suspends', text: 'waits', ...out }] as const) : []),
      { task: 0, kind: 'resumes', text: `${causeOf(miss)}: leaves without releasing`, ...out },
      { task: 1, kind: 'suspends', text: `waits for \`${name}\``, note: 'for ever', ...own },
    ],
    outcome: `${what.replace(/^A/, 'a').replace(/^W/, 'w')} is held by nobody who could release it`,
    evidence: { text: `whoever comes next calls \`${name}\` too`, at: own },
  };
}
