/** Whether the code that adds a listener runs time and again. */
import { executorAround, settlers } from '../../../facts/lifetime/timers.ts';
import { functionName } from '../../../facts/uses.ts';
import { usesOf } from '../../../flow/settlement.ts';
import {
  type ClassLikeDeclaration,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isLoop,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { Context } from '../listener-per-call.ts';
import type { LongLife } from './emitters.ts';
import type { Listening } from './listening.ts';

/** What a round is called in the message; undefined where it may well run once. */
export async function isRepeated(found: Listening, life: LongLife, ctx: Context): Promise<string | undefined> {
  const { call } = found;
  if (isInLoop(found)) return 'round of the loop';
  const fn = enclosingFunction(call);
  if (!fn || isGuarded(call, fn)) return undefined;
  // What ends the process runs once in it.
  if (fn.body?.getText().includes('process.exit(')) return undefined;
  const isStartUp = (): Promise<boolean> => ctx.facts.runsAtStartUp(call);
  if (waitsOnce(found)) return (await isStartUp()) ? undefined : 'wait';
  const entry = await ctx.facts.entryAt(call);
  if (entry?.how === 'handler') return 'request';
  if (servesOne(found.listener, fn)) return (await isStartUp()) ? undefined : 'call';
  if (life === 'field') return undefined;
  if (isMountedAgain(fn)) return 'element';
  if (life === 'global' && endsLocal(found.listener, fn) && fn.kind !== SyntaxKind.Constructor)
    return (await isStartUp()) ? undefined : 'call';
  if (isAsyncFunction(fn) && !isSetUp(fn) && holdsLocals(found.listener, fn) && endsWork(fn, call))
    return (await isStartUp()) ? undefined : 'call';
  return undefined;
}

/** In a loop, on an emitter from outside of it, for an event that is the same in each round. */
function isInLoop({ call, receiver, event }: Listening): boolean {
  for (let at = call.parent; at && !isFunctionNode(at); at = at.parent) {
    if (!isLoop(at)) continue;
    const loop = at;
    return !dependsOn(receiver, loop) && !dependsOn(event, loop);
  }
  return false;
}

/** Whether an expression names something that is declared in a loop. */
function dependsOn(expression: Node, loop: Node): boolean {
  let found = false;
  const look = (node: Node): void => {
    const name = isIdentifier(node) ? declarationName(node) : undefined;
    found ||= name !== undefined && isWithin(name, loop);
    if (!found) node.forEachChild(look);
  };
  look(expression);
  return found;
}

/** `new Promise((resolve) => emitter.on('ready', resolve))`: one event is waited for, and all later ones come too. */
function waitsOnce({ call, listener }: Listening): boolean {
  const around = executorAround(call);
  if (!around || enclosingFunction(call) !== around.executor) return false;
  const uses = usesOf(new Set(settlers(around.executor)), around.executor);
  return uses.some((use) => isWithin(use, listener));
}

/** `if (!installed) { installed = true; … }` and the like: a condition on something from outside of the function. */
function isGuarded(call: Node, fn: FunctionNode): boolean {
  for (let at: Node = call; at !== fn && at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.kind !== SyntaxKind.IfStatement) continue;
    const { expression } = parent as Node & { readonly expression: Node };
    if (expression !== at && namesOuter(expression, fn)) return true;
  }
  // `if (installed) return;` before it.
  const { body } = fn;
  let isLeft = false;
  if (body)
    walkBody(body, (node) => {
      if (node.pos > call.pos || isLeft) return false;
      if (node.kind !== SyntaxKind.IfStatement) return true;
      const { expression, thenStatement } = node as Node & { readonly expression: Node; readonly thenStatement: Node };
      isLeft ||= /\breturn\b/.test(thenStatement.getText()) && namesOuter(expression, fn);
      return !isLeft;
    });
  return isLeft;
}

/** Whether a condition asks about something that outlives the call: a variable from outside, a field, `listenerCount`. */
function namesOuter(condition: Node, fn: FunctionNode): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (node.kind === SyntaxKind.ThisKeyword) found = true;
    if (isIdentifier(node)) {
      const name = declarationName(node);
      found ||= name !== undefined && !isWithin(name, fn);
    }
    if (!found) node.forEachChild(look);
  };
  look(condition);
  return found;
}

/** Whether a listener holds a parameter that stands for one of many: a request, a connection, a job. */
function servesOne(listener: Node, fn: FunctionNode): boolean {
  if (!isFunctionNode(listener) || fn.kind === SyntaxKind.Constructor) return false;
  const served = fn.parameters.filter(({ name }) => isIdentifier(name) && oneOfMany.test(name.text));
  return served.some(({ name }) => isIdentifier(name) && referencesTo(name).some((use) => isWithin(use, listener)));
}

const oneOfMany =
  /^(?:req|res|request|response|reply|socket|ws|websocket|conn|connection|session|job|message|msg|call)$/i;

const mounting = new Set(['connectedCallback', 'componentDidMount', 'ngOnInit', 'ngAfterViewInit', 'mounted']);

/** A method that a framework calls for each element that comes into view. */
function isMountedAgain(fn: FunctionNode): boolean {
  return isMethodDeclaration(fn) && isClassLike(fn.parent) && mounting.has(fn.name.getText());
}

function isClassLike(node: Node): node is ClassLikeDeclaration {
  return isClassLikeDeclaration(node);
}

/** What a function is called that is there to be called once. */
function isSetUp(fn: FunctionNode): boolean {
  return setUp.test(functionName(fn)?.text ?? '') || fn.kind === SyntaxKind.Constructor;
}

const setUp =
  /^(?:_*)(?:init|set_?up|install|register|attach|bind|boot|start|main|launch|listen|subscribe|add|enable|activate|mount|configure|create|connect|open|use|hook|watch|monitor|serve|run|cli$|default$)/i;

/**
 * Whether a listener is a function of this call: it uses the call's own variables or parameters. One that ends the process
 * is there for its whole life.
 */
function holdsLocals(listener: Node, fn: FunctionNode): boolean {
  if (!isFunctionNode(listener) || /\bprocess\.exit\(/.test(listener.getText())) return false;
  let found = false;
  const look = (node: Node): void => {
    const name = isIdentifier(node) ? declarationName(node) : undefined;
    found ||= name !== undefined && isWithin(name, fn) && !isWithin(name, listener);
    if (!found) node.forEachChild(look);
  };
  look(listener);
  return found;
}

/** `() => modal.remove()`: what the listener ends belongs to this call, and the next call makes another. */
function endsLocal(listener: Node, fn: FunctionNode): boolean {
  if (!isFunctionNode(listener)) return false;
  let found = false;
  const look = (node: Node): void => {
    const access = isCallExpression(node) ? unwrap(node.expression) : undefined;
    if (access && isPropertyAccessExpression(access) && /^(?:remove|close|destroy|dispose)$/.test(access.name.text)) {
      const base = unwrap(access.expression);
      const name = isIdentifier(base) ? declarationName(base) : undefined;
      found ||=
        name !== undefined &&
        isVariableDeclaration(name.parent) &&
        enclosingFunction(name) === fn &&
        !isWithin(name, listener);
    }
    if (!found) node.forEachChild(look);
  };
  look(listener);
  return found;
}

/** Whether a function waits for something behind the listener, and so is done with it afterwards. */
function endsWork(fn: FunctionNode, call: Node): boolean {
  let found = false;
  if (fn.body)
    walkBody(fn.body, (node) => {
      found ||= node.kind === SyntaxKind.AwaitExpression && node.pos > call.end;
      return !found;
    });
  return found;
}
