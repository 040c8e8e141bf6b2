import {
  isPromisedTimer,
  mayHavePromiseForm,
  type PromiseForm,
  promiseForm,
} from '../../../knowledge/promise-forms.ts';
import type { TextEdit } from '../../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
  isWithin,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import type { FileView } from '../../../typescript/file-view.ts';
import type { RuleContext } from '../../define.ts';
import { isNamed, onlyExpression } from './mirror.ts';
import type { Settlers } from './settlers.ts';

/** An executor that only waits for one callback. */
export interface Adapted {
  readonly kind: 'callback' | 'timer' | 'event';
  readonly call: CallExpression;
  /** What of the callback's arguments becomes the value: nothing, or the name of a parameter. */
  readonly value: string | undefined;
  /** Whether an error is passed on. */
  readonly rejects: boolean;
  /** Whether the value is made of what the callback is given: `resolve(stdout.trim())`. */
  readonly isChanged?: boolean;
}

/** What to use instead. */
export interface Form {
  /** As a message names it. */
  readonly shown: string;
  readonly form: PromiseForm | undefined;
}

/** `readFile(path, (error, data) => …)`, `setTimeout(resolve, 10)` and `emitter.once('open', resolve)`, where that is all. */
export function callbackIn(executor: FunctionNode, settlers: Settlers, file: FileView): Adapted | undefined {
  const events = eventsIn(executor, settlers);
  if (events) return events;
  const call = onlyExpression(executor);
  if (!call || !isCallExpression(call)) return undefined;
  const name = lastName(call.expression) ?? '';
  // Fake timers of test runners do not know of the promise form.
  if (isPromisedTimer(name) && isIdentifier(unwrap(call.expression)))
    return isForNode(file) && !file.isTest && !/FakeTimers\b/.test(file.text) ? timerIn(call, settlers) : undefined;
  if (!mayHavePromiseForm(name)) return undefined;
  const callback = call.arguments.at(-1);
  if (!callback || !settlers.uses.every((use) => isWithin(use, callback))) return undefined;
  return passesOn(callback, call, settlers);
}

/** `setTimeout(resolve, ms)` and `setTimeout(() => resolve(), ms)`. */
function timerIn(call: CallExpression, { resolve, uses }: Settlers): Adapted | undefined {
  const [callback, ...others] = call.arguments;
  if (!callback || uses.length !== 1 || others.length > 1) return undefined;
  const fn = unwrap(callback);
  const inner = isFunctionNode(fn) ? onlyExpression(fn) : undefined;
  const isPlain =
    inner && isCallExpression(inner) && inner.arguments.length === 0 && isNamed(inner.expression, resolve);
  return isNamed(fn, resolve) || isPlain ? { kind: 'timer', call, value: undefined, rejects: false } : undefined;
}

/** A callback whose first parameter only goes to `reject` and whose second only goes to `resolve`. */
function passesOn(callback: Node, call: CallExpression, settlers: Settlers): Adapted | undefined {
  const fn = unwrap(callback);
  if (!isFunctionNode(fn) || !fn.body || settlers.reject === undefined) return undefined;
  const [error, ...values] = fn.parameters.map(({ name }) => (isIdentifier(name) ? name.text : undefined));
  if (error === undefined) return undefined;
  let value: string | undefined;
  let changed: Node | undefined;
  const seen = new Set<string>();
  for (const use of settlers.uses) {
    const settling = use.parent;
    if (!isCallExpression(settling) || unwrap(settling.expression) !== (use as Node)) return undefined;
    const [given, ...others] = settling.arguments;
    if (others.length > 0) return undefined;
    const name = given && unwrap(given);
    if (name && use.text === settlers.resolve && mentionsOnly(name, values)) {
      if (seen.has(use.text)) return undefined;
      seen.add(use.text);
      changed = name;
      continue;
    }
    if (given && !(name && isIdentifier(name))) return undefined;
    const text = name && isIdentifier(name) ? name.text : undefined;
    const isRight = use.text === settlers.reject ? text === error : text === undefined || values.includes(text);
    if (!isRight || seen.has(use.text)) return undefined;
    seen.add(use.text);
    if (use.text === settlers.resolve) value = text;
  }
  return seen.size === 2 && countCalls(fn, changed) === 2
    ? { kind: 'callback', call, value, rejects: true, ...(changed && { isChanged: true }) }
    : undefined;
}

/** `stdout.trim()` and `JSON.parse(text)`: made of the values on the spot, without another function or wait. */
function mentionsOnly(expression: Node, values: readonly (string | undefined)[]): boolean {
  if (!isCallExpression(expression)) return false;
  let mentions = false;
  let isPlain = true;
  const look = (node: Node): void => {
    if (isFunctionNode(node) || node.kind === SyntaxKind.NewExpression) isPlain = false;
    if (isIdentifier(node) && values.includes(node.text)) mentions = true;
    node.forEachChild(look);
  };
  look(expression);
  return mentions && isPlain;
}

/** A callback that calls more than the two names, and what makes the value, does something of its own. */
function countCalls(fn: FunctionNode, changed: Node | undefined): number {
  let count = 0;
  const visit = (node: Node): void => {
    if (node === changed) return;
    if (isCallExpression(node)) count++;
    node.forEachChild(visit);
  };
  if (fn.body) visit(fn.body);
  return count;
}

/** `x.once('open', resolve)`, with `x.once('error', reject)` or without. */
function eventsIn({ body }: FunctionNode, { resolve, reject }: Settlers): Adapted | undefined {
  const expressions =
    body && isBlock(body)
      ? body.statements.map((at) => (isExpressionStatement(at) ? at.expression : at))
      : body
        ? [body]
        : [];
  if (expressions.length === 0 || expressions.length > 2) return undefined;
  let event: CallExpression | undefined;
  const receivers = new Set<string>();
  for (const expression of expressions) {
    const call = unwrap(expression);
    if (!isCallExpression(call) || !isPropertyAccessExpression(call.expression) || call.arguments.length !== 2)
      return undefined;
    const [name, handler] = call.arguments;
    if (!name || !handler || !isStringLiteral(name)) return undefined;
    receivers.add(call.expression.expression.getText());
    const isError = name.text === 'error' && isNamed(handler, reject);
    if (!isError && (call.expression.name.text !== 'once' || !onlyResolves(handler, resolve) || event))
      return undefined;
    if (!isError) event = call;
  }
  return event && receivers.size === 1
    ? { kind: 'event', call: event, value: undefined, rejects: expressions.length === 2 }
    : undefined;
}

/** `resolve` and `() => resolve()`. */
function onlyResolves(handler: Node, resolve: string): boolean {
  const fn = unwrap(handler);
  const call = isFunctionNode(fn) ? onlyExpression(fn) : undefined;
  const isPlain = call && isCallExpression(call) && call.arguments.length === 0 && isNamed(call.expression, resolve);
  return isNamed(handler, resolve) || isPlain === true;
}

/** The promise form of what an executor adapts; undefined where it has none. */
export async function promisedForm({ kind, call }: Adapted, { types }: RuleContext): Promise<Form | undefined> {
  const callee = unwrap(call.expression);
  if (kind === 'event') {
    const emitter = isPropertyAccessExpression(callee) ? await types.typeOf(callee.expression) : undefined;
    const heritage = (await emitter?.heritage()) ?? [];
    const isNodes = heritage.some(({ name, packageName }) => name === 'EventEmitter' && packageName === '@types/node');
    return isNodes ? { shown: 'events.once', form: undefined } : undefined;
  }
  const origins = await types.origins(callee);
  if (kind === 'timer') {
    const isTimer = origins.some(({ module }) => module === 'global' || module === 'node:timers');
    return isTimer ? { shown: `timers/promises ${lastName(callee)}`, form: undefined } : undefined;
  }
  const form = promiseForm(origins);
  if (!form) return undefined;
  if (form.how === 'same') return { shown: form.name, form };
  if (form.how === 'promisify') return { shown: `promisify(${form.name})`, form };
  return { shown: `${form.module.replace('node:', '')} ${form.name}`, form };
}

/** The text that stands for the promise, and the imports that it needs; undefined where the value would be another. */
export function formText(
  creation: NewExpression,
  { kind, call, value }: Adapted,
  { form }: Form,
  ctx: RuleContext,
): { readonly text: string; readonly edits: readonly TextEdit[] } | undefined {
  const { fix, file } = ctx;
  const callee = unwrap(call.expression);
  if (kind === 'timer') {
    const name = lastName(callee) ?? '';
    const [, delay] = call.arguments;
    const imported = fix.importing('node:timers/promises', name, name === 'setTimeout' ? 'sleep' : 'nextTurn');
    return { text: `${imported.name}(${delay ? delay.getText() : ''})`, edits: imported.edits };
  }
  if (kind === 'event') {
    // The promise form gives a list of the event's arguments.
    if (!isValueUnused(creation) || !isPropertyAccessExpression(callee)) return undefined;
    const imported = fix.importing('node:events', 'once');
    const [event] = call.arguments;
    return { text: `${imported.name}(${callee.expression.getText()}, ${event?.getText()})`, edits: imported.edits };
  }
  if (!form) return undefined;
  const args = call.arguments
    .slice(0, -1)
    .map((argument) => argument.getText())
    .join(', ');
  if (form.how === 'same')
    return value === undefined && !isValueUnused(creation)
      ? undefined
      : { text: `${callee.getText()}(${args})`, edits: [] };
  if (form.how === 'module') {
    const base = isPropertyAccessExpression(callee) ? callee.expression.getText() : undefined;
    if (base !== undefined && file.text.includes(`${base}.promises.`))
      return { text: `${base}.promises.${form.name}(${args})`, edits: [] };
    const imported = fix.importing(form.module, form.name, undefined, isIdentifier(callee) ? callee : undefined);
    return { text: `${imported.name}(${args})`, edits: imported.edits };
  }
  if (!form.isTyped && !isValueUnused(creation)) return undefined;
  const promisify = fix.importing('node:util', 'promisify');
  const text = `${promisify.name}(${callee.getText()})(${args})`;
  if (form.output === undefined || isValueUnused(creation)) return { text, edits: promisify.edits };
  if (value !== form.output) return undefined;
  return { text: `${text}.then(({ ${form.output} }) => ${form.output})`, edits: promisify.edits };
}

function isValueUnused(creation: NewExpression): boolean {
  const awaited = wrapped(creation).parent;
  return isAwaitExpression(awaited) && isExpressionStatement(wrapped(awaited).parent);
}

/** Whether a file is written for Node, where `node:timers/promises` is. Some modules have copies for browsers. */
function isForNode({ text }: FileView): boolean {
  return /['"]node:|(?:from|require\()\s*['"](?:child_process|cluster|dgram|fs|fs\/promises|http|http2|https|net|os|readline|tls|worker_threads)['"]/.test(
    text,
  );
}
