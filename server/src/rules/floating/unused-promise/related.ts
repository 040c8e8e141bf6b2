import type { KeptCall } from '../../../facts/promises/kept-promises.ts';
import type { Step } from '../../../flow/graph.ts';
import type { Miss } from '../../../flow/paths.ts';
import type { Related } from '../../../model/finding.ts';
import type { Span } from '../../../model/span.ts';
import { isCaseClause, isWithin, type Node, SyntaxKind, spanOf } from '../../../typescript/ast.ts';

/** Where a path leaves the promise behind. */
export function relatedTo(miss: Miss, { written }: KeptCall, file: string): readonly Related[] {
  switch (miss.how) {
    case 'return':
      return [{ file, span: keywordOf(miss.at, 'return'), message: 'returns here without having awaited it' }];
    case 'throw':
      return [{ file, span: keywordOf(miss.at, 'throw'), message: 'throws here without having awaited it' }];
    case 'stopped': {
      const isSame = miss.at === written || isWithin(written, miss.at.parent);
      const message = isSame ? 'the next round of the loop puts another one here' : 'gets another value here';
      return [{ file, span: spanOf(miss.at), message }];
    }
    default: {
      const choice = lastChoice(miss.path);
      return choice ? [{ file, span: choice, message: 'decides here to go on without it' }] : [];
    }
  }
}

function keywordOf(statement: Node, keyword: string): Span {
  const start = statement.getStart();
  const isKeyword = statement.kind === SyntaxKind.ReturnStatement || statement.kind === SyntaxKind.ThrowStatement;
  return isKeyword ? { start, end: start + keyword.length } : spanOf(statement);
}

/** The last condition on the path: the one that led it past. */
function lastChoice(path: readonly Step[]): Span | undefined {
  const choice = path.findLast(({ kind }) => kind === 'branch')?.node;
  if (!choice) return undefined;
  return isCaseClause(choice) ? spanOf(choice.expression) : spanOf(choice);
}
