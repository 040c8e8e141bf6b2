/** Look-ups of names in the network that could be under way while an earlier one is waited for. */
import { accessAt } from '../../../facts/overlap/places.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  type AwaitExpression,
  type CallExpression,
  enclosingFunction,
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isWithin,
  lastName,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn, referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

export interface LateLookup {
  readonly first: AwaitExpression;
  readonly firstCall: CallExpression;
  readonly firstStatement: Node;
  readonly call: CallExpression;
}

const lookupNames = new Set(
  'lookup lookupService resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt reverse'.split(
    ' ',
  ),
);

/**
 * An `await` of a look-up that follows another one in the same function and needs nothing of it. What lies between may
 * throw: then a question was asked for nothing, which changes nothing. A way out without an error is a reason to wait.
 */
export function lateLookup(node: AwaitExpression): LateLookup | undefined {
  const call = lookupIn(node);
  const fn = call && enclosingFunction(node);
  if (!call || !fn?.body || !isBlock(fn.body)) return undefined;
  let first: AwaitExpression | undefined;
  walkBody(fn.body, (at) => {
    if (!first && at !== node && isAwaitExpression(at) && at.end <= node.pos && lookupIn(at)) first = at;
    return !isFunctionNode(at);
  });
  const firstCall = first && lookupIn(first);
  if (!first || !firstCall || firstCall.getText() === call.getText()) return undefined;
  const firstStatement = statementIn(first, node);
  if (!firstStatement || leavesBetween(fn.body, first, node) || needsLater(call, firstStatement)) return undefined;
  return { first, firstCall, firstStatement, call };
}

/** Whether both ask the system or a name server, by where they come from. */
export async function areLookups(
  { firstCall, call }: LateLookup,
  { types }: Pick<RuleContext, 'types'>,
): Promise<boolean> {
  const origins = await Promise.all([firstCall, call].map(({ expression }) => types.origins(expression)));
  return origins.every((found) => found.some(({ module }) => module === 'node:dns' || module === 'node:dns/promises'));
}

function lookupIn(node: AwaitExpression): CallExpression | undefined {
  const call = unwrap(node.expression);
  return isCallExpression(call) && lookupNames.has(lastName(call) ?? '') ? call : undefined;
}

/** The statement of the first wait, in a block that contains the second one too. */
function statementIn(first: Node, second: Node): Node | undefined {
  let at = first;
  while (at.parent && !(isBlock(at.parent) && isWithin(second, at.parent))) {
    if (isBlock(at.parent) || isFunctionNode(at)) return undefined;
    at = at.parent;
  }
  return at.parent ? at : undefined;
}

function leavesBetween(body: Node, first: Node, second: Node): boolean {
  let found = false;
  walkBody(body, (at) => {
    const isExit = isReturnStatement(at) || isBreakStatement(at) || isContinueStatement(at);
    if (isExit && first.end <= at.pos && at.end <= second.pos) found = true;
    return !isFunctionNode(at);
  });
  return found;
}

/** Whether a call uses a name that is declared or assigned from the first wait on. */
function needsLater(call: Node, statement: Node): boolean {
  let found = false;
  const visit = (node: Node): void => {
    const isMember = isPropertyAccessExpression(node.parent) && node.parent.name === node;
    const declared = isIdentifier(node) && !isMember ? declarationName(node) : undefined;
    if (declared && statement.pos <= declared.pos && declared.pos <= call.pos) found = true;
    if (
      declared &&
      referencesTo(declared).some((use) => statement.pos <= use.pos && use.end <= call.pos && accessAt(use) !== 'read')
    )
      found = true;
    if (isAwaitExpression(node)) found = true;
    if (!found) node.forEachChild(visit);
  };
  visit(call);
  return found;
}

/** Starts the look-up before the first wait, with a handler, and awaits it where it was awaited. */
export function startEarly({ firstStatement, call }: LateLookup, ctx: RuleContext): Fix | undefined {
  const { text } = ctx.file;
  const name = ['lookup', 'pending', 'started'].find((free) => namesIn(ctx.file.sourceFile, free).length === 0);
  const start = firstStatement.getStart();
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (name === undefined || indent.trim() !== '') return undefined;
  const unit = indent.includes('\t') ? '\t' : '  ';
  const semicolon = /;\s*$/m.test(text) ? ';' : '';
  const lines = [
    `const ${name} = ${call.getText()}${semicolon}`,
    `${name}.catch(() => {`,
    `${unit}// Handled where it is awaited.`,
    `})${semicolon}`,
  ];
  return ctx.fix.choice(
    `Start \`${lastName(call) ?? ''}\` before the first wait`,
    ctx.fix.insert(start, lines.map((line) => `${line}\n${indent}`).join('')),
    ctx.fix.replace(call, name),
  );
}
