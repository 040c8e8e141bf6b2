import {
  enclosingFunction,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import type { Listening } from './listening.ts';

/** How it is known that an emitter outlives the function: everybody's, the module's, or a field of the object. */
export type LongLife = 'global' | 'module' | 'field';

const globals = new Set(['process', 'window', 'document', 'globalThis', 'self', 'visualViewport', 'navigation']);

/** Globals whose members live as long as they do: `process.stdout`, `window.screen`. */
const owners = /^(?:window|globalThis|document|process|self)$/;

/** Undefined for what may be as short-lived as the call: parameters, locals, what a call gives. */
export function longLife(receiver: Node): LongLife | undefined {
  const at = unwrap(receiver);
  if (isPropertyAccessExpression(at)) {
    const base = unwrap(at.expression);
    if (base.kind === SyntaxKind.ThisKeyword) return isReplaced(at.name) ? undefined : 'field';
    const life = isIdentifier(base) ? longLife(base) : undefined;
    if (life === 'global') return owners.test(base.getText()) ? 'global' : undefined;
    return life;
  }
  if (isMediaQuery(at)) return 'global';
  if (!isIdentifier(at)) return undefined;
  const name = declarationName(at);
  if (!name) return globals.has(at.text) ? 'global' : undefined;
  const { parent } = name;
  switch (parent.kind) {
    case SyntaxKind.ImportSpecifier:
    case SyntaxKind.ImportClause:
    case SyntaxKind.NamespaceImport:
      return at.text === 'process' ? 'global' : 'module';
    default:
      if (isVariableDeclaration(parent) && parent.initializer && isMediaQuery(unwrap(parent.initializer)))
        return 'global';
      // `let` at module level may hold another one each time.
      return isVariableDeclaration(parent) && !enclosingFunction(parent) && /^const\b/.test(parent.parent.getText())
        ? 'module'
        : undefined;
  }
}

/** `matchMedia('(prefers-color-scheme: dark)')`: what listens to it keeps it, for as long as the page is shown. */
function isMediaQuery(node: Node): boolean {
  return isCallExpression(node) && lastName(node) === 'matchMedia';
}

/** Whether a field gets another value while its object lives: its listeners go with the old one. */
function isReplaced(name: Node & { readonly text: string }): boolean {
  return namesIn(name.getSourceFile(), name.text).some(({ parent }) => {
    const target = isPropertyAccessExpression(parent) ? wrapped(parent) : undefined;
    const assignment = target?.parent;
    const isWrite =
      assignment &&
      isBinaryExpression(assignment) &&
      assignment.left === target &&
      /^(?:\?\?|\|\|)?=$/.test(assignment.operatorToken.getText());
    return isWrite === true && enclosingFunction(assignment)?.kind !== SyntaxKind.Constructor;
  });
}

/** Whether an event comes once in the life of its emitter, or tells of an abort, which is another rule's. */
export function isEndless({ event, receiver }: Listening): boolean {
  if (!isStringLiteral(event)) return false;
  if (event.text === 'abort') return true;
  // Standard input is read to its end once, and gives nothing afterwards.
  if (
    receiver.getText() === 'process.stdin' &&
    /\b(?:on|once)\(['"]end['"]/.test(enclosingFunction(receiver)?.getText() ?? '')
  )
    return true;
  // The end of the process comes once; that of a field's socket or child comes with a new field.
  return longLife(receiver) === 'field' && lastEvents.has(event.text);
}

const lastEvents = new Set([
  'close',
  'end',
  'exit',
  'finish',
  'error',
  'open',
  'ready',
  'connect',
  'disconnect',
  'load',
]);

/** Packages whose clients are emitters, where no types say so. */
const emitting = new Set(['ioredis', 'redis', 'ws', 'pg', 'mqtt', 'socket.io-client', 'amqplib']);

/** Whether a value is something that listeners are added to and removed from, by its type; the platform's are by name. */
export async function isEmitter(receiver: Node, ctx: Pick<RuleContext, 'types'>): Promise<boolean> {
  if (longLife(receiver) === 'global') return true;
  const type = await ctx.types.typeOf(receiver);
  if (type.isUnknown) {
    const origins = await ctx.types.origins(receiver);
    return origins.some(
      ({ module, path }) => (module === 'node:events' && path[0] === 'EventEmitter') || emitting.has(module),
    );
  }
  const members = await Promise.all(['removeListener', 'removeEventListener'].map((name) => type.property(name)));
  return members.some((member) => member !== undefined);
}
