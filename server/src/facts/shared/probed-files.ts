/** Files that are looked for in one wait and used in a later one: they may be gone, or there, by then. */
import { dominates } from '../../flow/dominators.ts';
import type { Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isCatchClause,
  isWithin,
  lastName,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';

export interface ProbedFile {
  /** The awaited question: `access(path)`, `pathExists(path)`. */
  readonly probe: CallExpression;
  readonly use: CallExpression;
  /** The path, as it is written. */
  readonly path: string;
}

const probes = /^(?:access|exists|pathExists|fileExists|isFile)$/;
const uses = /^(?:readFile|readJson|readJSON|open|unlink|rmdir|copyFile|rename|createReadStream)$/;

/** In the order of the source; at most one use for each probe. Whether the names are those of the file system is left open. */
export function probedFiles(fn: FunctionNode): readonly ProbedFile[] {
  const text = fn.body?.getText() ?? '';
  if (!/\b(?:access|exists|pathExists|fileExists|isFile)\(/.test(text)) return [];
  const graph = graphOf(fn);
  const found: ProbedFile[] = [];
  for (const wait of graph.steps) {
    const probe = wait.kind === 'await' && !wait.isDead ? callIn(wait.node) : undefined;
    const path = probe && probes.test(lastName(probe) ?? '') ? probe.arguments[0]?.getText() : undefined;
    if (!probe || path === undefined) continue;
    const use = graph.steps.find(
      (step) => (isUse(step, path) && dominates(graph, wait, step)) || isMade(step, path, probe),
    );
    if (use) found.push({ probe, use: use.node as CallExpression, path });
  }
  return found;
}

function isUse({ kind, node, isDead }: Step, path: string): boolean {
  return (
    kind === 'call' &&
    !isDead &&
    isCallExpression(node) &&
    uses.test(lastName(node) ?? '') &&
    node.arguments[0]?.getText() === path
  );
}

/** `try { await access(path); return; } catch { await writeFile(path, text); }`, without the flag that refuses what is there. */
function isMade({ kind, node, isDead }: Step, path: string, probe: CallExpression): boolean {
  if (kind !== 'call' || isDead || !isCallExpression(node) || lastName(node) !== 'writeFile') return false;
  if (node.arguments[0]?.getText() !== path || /\bflag\b|['"]wx/.test(node.getText())) return false;
  let at: Node = node;
  while (at.parent && !isCatchClause(at)) at = at.parent;
  return isCatchClause(at) && isWithin(probe, at.parent);
}

function callIn(wait: Node): CallExpression | undefined {
  if (!isAwaitExpression(wait)) return undefined;
  const operand = unwrap(wait.expression);
  return isCallExpression(operand) ? operand : undefined;
}
