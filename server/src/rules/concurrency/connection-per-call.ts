import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { runningFunction } from '../../facts/uses.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  type Identifier,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  isWhileStatement,
  isWithin,
  lastName,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  perRound: {
    text: '{made} is made anew in every round of the loop',
    why: 'Each round opens connections of its own: a handshake, a login and a place among the few that the other side allows.',
    help: 'Make it once above the loop, and close it behind it.',
  },
  perRequest: {
    text: '{made} is made anew for every request',
    why: 'Each request opens connections of its own. Under load the other side runs out of them, and none is ever used twice.',
    help: 'Make it once where the module starts, and use it in all requests.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: what outlives the round or the request, and what depends on it, is left alone. */
export const connectionPerCall = defineRule({
  id: 'connection-per-call',
  family: 'concurrency',
  principle: 5,
  summary: 'A client, pool or connection is made anew in each round of a loop or for each request',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression: (node, ctx) => visit(node, ctx),
    NewExpression: (node, ctx) => visit(node, ctx),
  },
});

function visit(node: CallExpression | NewExpression, ctx: Context): Promise<void> | undefined {
  const name = lastName(node.expression) ?? '';
  if (name === '' || !ctx.knowledge.connections.mayMake(name) || ctx.file.isTest) return undefined;
  return enclosingFunction(node) && !isOfOwnClient(node) ? check(node, ctx) : undefined;
}

/** `client.connect()`, where the client is made in the same function: that is the place to speak of. */
function isOfOwnClient({ expression }: CallExpression | NewExpression): boolean {
  const callee = unwrap(expression);
  const holder = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const declaration = holder && isIdentifier(holder) ? declarationName(holder)?.parent : undefined;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return (
    isNewExpression(unwrap(declaration.initializer)) && runningFunction(declaration) === runningFunction(expression)
  );
}

async function check(node: CallExpression | NewExpression, ctx: Context): Promise<void> {
  const { connections } = ctx.knowledge;
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(node)) return;
  if (!connections.makes(await ctx.types.origins(node.expression))) return;
  if (!staysHere(node, ctx)) return ctx.silent(node, 'it may be kept for longer');
  const made = nameOf(node);
  const loop = loopAround(node);
  if (loop) {
    if (dependsOnRound(node, loop)) return ctx.silent(node, 'each round connects to something else');
    return ctx.report('perRound', calleeName(node), { data: { made: `\`${made}\`` } });
  }
  const fn = runningFunction(node);
  const entry = fn && (await ctx.facts.entryAt(node));
  if (entry?.how !== 'handler' && !(fn && (await ctx.facts.blocking.servesRequests(fn))))
    return ctx.silent(node, 'nobody can see that it is made more than once');
  if (dependsOnRound(node, fn as Node)) return ctx.silent(node, 'it depends on the request');
  ctx.report('perRequest', calleeName(node), { data: { made: `\`${made}\`` } });
}

function loopAround(node: Node): Node | undefined {
  for (let at: Node | undefined = node.parent; at && !isFunctionNode(at); at = at.parent) {
    const isLoop = isForOfStatement(at) || isForInStatement(at) || isForStatement(at) || isWhileStatement(at);
    if (isLoop && isWithin(node, (at as unknown as { readonly statement: Node }).statement)) return at;
  }
  return undefined;
}

/** Whether what the connection is made with is another one in each round, or for each request. */
function dependsOnRound(node: CallExpression | NewExpression, scope: Node): boolean {
  let found = false;
  const look = (at: Node): void => {
    const declared = isIdentifier(at) ? declarationName(at) : undefined;
    if (declared && isWithin(declared, scope)) found = true;
    if (!found) at.forEachChild(look);
  };
  for (const argument of node.arguments ?? []) look(argument);
  return found;
}

/** Whether a connection is used and given up, or dropped, where it is made: nothing else gets it. */
function staysHere(node: CallExpression | NewExpression, ctx: Context): boolean {
  let at = wrapped(node);
  if (isAwaitExpression(at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  // `new Agent()` in the options of one call, and `axios.create().get(…)`.
  if (isPropertyAccessExpression(parent) || isExpressionStatement(parent)) return true;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return false;
  return referencesTo(parent.name as Identifier).every((use) => isOwnUse(use, ctx));
}

/** A method of it is called, or it is handed to a function in a statement that waits for that function. */
function isOwnUse(use: Identifier, { knowledge }: Context): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (isPropertyAccessExpression(parent) && parent.expression === at) return true;
  if (isPropertyAssignment(parent) && /^(?:dispatcher|(?:https?)?[aA]gent)$/.test(parent.name.getText())) return true;
  if (!isCallExpression(parent) || parent.expression === at) return false;
  const declared = declarationName(use);
  const isClosed =
    declared !== undefined && referencesTo(declared).some((other) => closes(other, knowledge.connections.closes));
  return isClosed;
}

function closes(use: Node, isClosing: (method: string) => boolean): boolean {
  const access = wrapped(use).parent;
  if (!isPropertyAccessExpression(access) || !isClosing(access.name.text)) return false;
  const call = access.parent;
  return isCallExpression(call) && unwrap(call.expression) === access;
}
