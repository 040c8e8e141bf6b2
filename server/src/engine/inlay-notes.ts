import { Facts } from '../facts/facts.ts';
import { shortName } from '../facts/promises/dropped-name.ts';
import { flow } from '../flow/flow.ts';
import type { FlowRoot } from '../flow/graph.ts';
import { overlaps, type Span } from '../model/span.ts';
import {
  type CallExpression,
  isFunctionNode,
  type NewExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  spanOf,
} from '../typescript/ast.ts';
import { Oracle } from '../typescript/oracle.ts';
import { nodesOfKinds } from '../typescript/tree-walk.ts';
import type { PlainEdit } from './apply-edits.ts';
import type { AskedFile } from './asked-file.ts';
import { functionTitle } from './explaining/owner.ts';
import { passingSignal } from './signal-fixes.ts';
import { TurnBudget } from './turns.ts';

/** A few signs between the characters of a file: where it waits, and which call could take a signal. */
export interface InlayNote {
  /** Where it stands, in UTF-16 units. */
  readonly offset: number;
  readonly kind: 'suspension' | 'signal';
  readonly label: string;
  /** A sentence, in Markdown. */
  readonly tooltip: string;
  /** What it asks for, done. */
  readonly edits?: readonly PlainEdit[];
}

/** Nobody reads more on a screen; generated files hold thousands. */
const mostNotes = 400;

/** The notes in a part of a file, in the order of the text. Rejects with the signal's reason once it is aborted. */
export async function inlayNotes(about: AskedFile, range: Span): Promise<readonly InlayNote[]> {
  const program = about.lease.program(about.file);
  const view = await program.view(about.file);
  if (!view) return [];
  const types = new Oracle(program);
  const facts = new Facts(types, about.knowledge);
  const calls = nodesIn(view.sourceFile, range, callKinds) as readonly (CallExpression | NewExpression)[];
  const signals = await Promise.all(calls.map((call) => signalNote(call, facts, types)));
  about.signal.throwIfAborted();
  const suspensions = await suspensionNotes(view.sourceFile, range, about);
  return [...suspensions, ...signals.filter((note) => note !== undefined)]
    .sort((a, b) => a.offset - b.offset)
    .slice(0, mostNotes);
}

const callKinds: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.CallExpression, SyntaxKind.NewExpression]);
const rootKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
]);

function nodesIn(file: SourceFile, range: Span, kinds: ReadonlySet<SyntaxKind>): readonly Node[] {
  const found: Node[] = [];
  const next = nodesOfKinds(file, kinds);
  for (let node = next(); node; node = next()) if (overlaps(spanOf(node), range)) found.push(node);
  return found;
}

/** Each place where a function lets other tasks run, by its number in the function. Some editors ask about whole files. */
async function suspensionNotes(
  file: SourceFile,
  range: Span,
  { host, signal }: Pick<AskedFile, 'host' | 'signal'>,
): Promise<readonly InlayNote[]> {
  const notes: InlayNote[] = [];
  const budget = new TurnBudget(() => host.now());
  const roots: FlowRoot[] = [file, ...nodesIn(file, range, rootKinds).filter(isFunctionNode)];
  for (const root of roots) {
    // Inside `finally` a node stands in the graph once for every way into it.
    const points = [...new Set(flow.suspensionsOf(flow.graphOf(root)).map(({ node }) => node))];
    const title = isFunctionNode(root) ? functionTitle(root) : 'this module';
    for (const [index, point] of points.entries()) {
      const offset = point.getStart();
      if (offset < range.start || range.end < offset) continue;
      const tooltip = `Other tasks may run here: suspension point ${index + 1} of ${points.length} in ${title}.`;
      notes.push({ offset, kind: 'suspension', label: `⏸${index + 1}`, tooltip });
    }
    if (budget.spent) {
      await budget.pause();
      signal.throwIfAborted();
    }
  }
  return notes;
}

/** For a call that could take a signal that is in scope. */
async function signalNote(
  call: CallExpression | NewExpression,
  facts: Facts,
  types: Oracle,
): Promise<InlayNote | undefined> {
  if (!call.getText().endsWith(')')) return undefined;
  const signals = await facts.cancellation.signalsAt(call);
  if (signals.length === 0) return undefined;
  const place = await facts.acceptsSignal(call);
  if (place === undefined || place === 'given') return undefined;
  const signal = signals.find(({ type }) => type === place.type);
  if (!signal) return undefined;
  const edits = await passingSignal(call, place, signal, types);
  return {
    offset: call.end - 1,
    kind: 'signal',
    label: `${(call.arguments?.length ?? 0) > 0 ? ', ' : ''}${signal.text}?`,
    tooltip: `\`${shortName(call.expression)}\` could take \`${signal.text}\`, which is in scope.`,
    ...(edits && { edits }),
  };
}
