/** What becomes of the errors of a stream: who listens for them, where it goes. By syntax alone. */
import { type HeldUse, holderOf, useOf } from '../../../facts/lifetime/held-values.ts';
import { isPrivateField } from '../../../facts/lifetime/timers.ts';
import {
  type CallExpression,
  hasModifier,
  type Identifier,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  isVariableStatement,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn, referencesTo } from '../../../typescript/references.ts';

/** `handled` by a listener, `elsewhere` where it goes to others; else nobody does, and what it is piped to. */
export type Errors =
  | 'handled'
  | 'elsewhere'
  | {
      readonly pipes: readonly CallExpression[];
      /** The source that is piped into it, by a call of which it is the destination. */
      readonly source?: Node | undefined;
      readonly exportedAs: Identifier | undefined;
    };

/** Methods that give back the emitter they are called on. */
const fluent = new Set([
  'on',
  'once',
  'addListener',
  'prependListener',
  'setEncoding',
  'unref',
  'ref',
  'pause',
  'resume',
  'setTimeout',
  'setNoDelay',
  'setKeepAlive',
  'end',
]);

export function errorsOf(making: CallExpression | NewExpression): Errors {
  const pipes: CallExpression[] = [];
  let at: Node = making;
  // First what is chained to it where it is made.
  for (;;) {
    const access = wrapped(at).parent;
    if (!isPropertyAccessExpression(access)) break;
    const call = wrapped(access).parent;
    const member = access.name.text;
    if (!isCallExpression(call) || call.expression !== wrapped(access)) return 'elsewhere';
    if (member === 'pipe') {
      pipes.push(call);
      return { pipes, exportedAs: undefined };
    }
    if (isErrorListening(member, call)) return 'handled';
    // `spawn(…).stdout` and `request(…).then` go their own way.
    if (!fluent.has(member)) return 'elsewhere';
    at = call;
  }
  const piped = pipedInto(at);
  if (piped) return { pipes: [piped], source: sourceOf(piped), exportedAs: undefined };
  const holder = holderOf(at);
  switch (holder.kind) {
    case 'dropped':
      return { pipes, exportedAs: undefined };
    case 'variable':
      return ofUses(
        holder.uses.filter(({ name }) => name !== holder.written),
        undefined,
      );
    case 'field':
      return isPrivateField(holder.name) ? ofField(holder.name) : 'elsewhere';
    default:
      return exported(at) ?? 'elsewhere';
  }
}

/** What a function does with a stream that it is given. */
export function errorsOfParameter(name: Identifier): Errors {
  const uses = referencesTo(name).filter((use) => use !== name);
  return ofUses(uses.map(useOf), undefined);
}

/** `source.pipe(createWriteStream(path))`. */
function pipedInto(at: Node): CallExpression | undefined {
  const call = wrapped(at).parent;
  if (!isCallExpression(call) || call.arguments[0] !== wrapped(at)) return undefined;
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'pipe') return undefined;
  // What `pipe` gives is its destination: `.on('error', …)` behind it listens to this very stream.
  if (isHandledBehind(call)) return undefined;
  const holder = holderOf(call, fluent);
  return holder.kind === 'dropped' ? call : undefined;
}

/** Whether a listener for errors follows in the chain of a call that gives a stream: `.on('close', …).on('error', …)`. */
function isHandledBehind(call: CallExpression): boolean {
  for (let link: Node = call; ; ) {
    const access = wrapped(link).parent;
    if (!isPropertyAccessExpression(access) || !isCallExpression(access.parent)) return false;
    if (isErrorListening(access.name.text, access.parent)) return true;
    if (!fluent.has(access.name.text)) return false;
    link = access.parent;
  }
}

/** `export const pool = new Pool()`: the uses here, and then those elsewhere. */
function exported(at: Node): Errors | undefined {
  const declaration = wrapped(at).parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return undefined;
  const statement = declaration.parent.parent;
  if (!isVariableStatement(statement) || !hasModifier(statement, SyntaxKind.ExportKeyword)) return undefined;
  return ofUses(referencesTo(declaration.name).map(useOf), declaration.name);
}

/** The first stream of a chain of `pipe`: what makes it, or what its variable was given. */
function sourceOf(pipe: CallExpression): Node | undefined {
  let at: Node = pipe;
  while (isCallExpression(at)) {
    const callee: Node = unwrap(at.expression);
    if (!isPropertyAccessExpression(callee) || callee.name.text !== 'pipe') return at;
    at = unwrap(callee.expression);
  }
  const declaration = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  const value = declaration && isVariableDeclaration(declaration) && declaration.initializer;
  return value ? unwrap(value) : undefined;
}

function ofUses(uses: readonly HeldUse[], exportedAs: Identifier | undefined): Errors {
  const pipes: CallExpression[] = [];
  let source: Node | undefined;
  for (const use of uses) {
    switch (use.kind) {
      case 'argument': {
        const callee = unwrap(use.call.expression);
        const isPipe = isPropertyAccessExpression(callee) && callee.name.text === 'pipe';
        if (!isPipe && !isPrinting(use.call.expression)) return 'elsewhere';
        if (isPipe && isCallExpression(use.call)) source = sourceOf(use.call);
        break;
      }
      case 'escape':
      case 'iterate':
      case 'await':
        return 'elsewhere';
      case 'method':
        if (isErrorListening(use.member, use.call)) return 'handled';
        if (fluent.has(use.member) && isHandledBehind(use.call)) return 'handled';
        if (use.member === 'pipe') pipes.push(use.call);
        if (/^(?:then|catch|finally|removeAllListeners|listeners|emit)$/.test(use.member)) return 'elsewhere';
        break;
      case 'member':
        if (use.member === 'onerror' || use.member === '') return 'handled';
        break;
      default:
        break;
    }
  }
  return { pipes, source, exportedAs };
}

/** A private field: all that the file does with it. */
function ofField(name: Node & { readonly text: string }): Errors {
  const pipes: CallExpression[] = [];
  for (const place of namesIn(name.getSourceFile(), name.text)) {
    const access = place.parent;
    if (place === name || !isPropertyAccessExpression(access) || access.name !== place) continue;
    const outer = wrapped(access).parent;
    if (isPropertyAccessExpression(outer)) {
      const call = wrapped(outer).parent;
      if (isCallExpression(call) && isErrorListening(outer.name.text, call)) return 'handled';
      if (isBinaryExpression(call) && outer.name.text === 'onerror') return 'handled';
      continue;
    }
    // Given to somebody, or to another name.
    const isWrite = isBinaryExpression(outer) && outer.left === wrapped(access);
    const isTest = /^(?:IfStatement|PrefixUnaryExpression|ConditionalExpression)$/.test(SyntaxKind[outer.kind] ?? '');
    if (!isWrite && !isTest) return 'elsewhere';
  }
  return { pipes, exportedAs: undefined };
}

/** Listening for `error`, or for events whose names cannot be seen. */
function isErrorListening(member: string, call: CallExpression): boolean {
  if (!/^(?:on|once|addListener|prependListener|prependOnceListener|addEventListener)$/.test(member)) return false;
  const [event] = call.arguments;
  const name = event && unwrap(event);
  return !name || !isStringLiteral(name) || name.text === 'error';
}

function isPrinting(callee: Node): boolean {
  return /^console\./.test(callee.getText());
}

/** The first `pipe` that it takes part in, where there is one. */
export function pipeOf(errors: Exclude<Errors, string>): CallExpression | undefined {
  return errors.pipes[0];
}
