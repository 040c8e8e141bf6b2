/** What is worth a finding for each kind of resource. */
import type { HeldUse, Holder } from '../../../facts/lifetime/held-values.ts';
import type { Resource } from '../../../facts/lifetime/resources.ts';
import {
  type CallExpression,
  enclosingFunction,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';

type Way = 'end' | 'return' | 'throw' | 'rejections' | 'overwritten';

export interface Policy {
  /** Whether one that nobody keeps is found. */
  readonly dropped: boolean;
  /** Whether one that is kept in a variable and never closed is found, and what its uses have to show for that. */
  readonly never: boolean;
  readonly neverNeeds?: (uses: readonly HeldUse[]) => boolean;
  /** The ways out on which it has to be closed, where it is closed on others. */
  readonly missed: readonly Way[] | undefined;
  readonly inTests?: boolean;
  readonly onlyInTests?: boolean;
  readonly applies?: (call: CallExpression | NewExpression, holder: Holder) => boolean;
  /** Methods, and events that are listened for, after which it ends by itself. */
  readonly consumedBy?: { readonly methods: ReadonlySet<string>; readonly events: ReadonlySet<string> };
}

const all: readonly Way[] = ['end', 'return', 'throw', 'rejections'];
const failures: readonly Way[] = ['throw', 'rejections'];

export const policies: Readonly<Record<Resource['kind'], Policy>> = {
  handle: { dropped: true, never: true, missed: all },
  client: { dropped: false, never: true, missed: all },
  disposable: { dropped: false, never: true, missed: all },
  // Whoever reads a stream to its end, or waits for its end, has closed it.
  stream: {
    dropped: false,
    never: false,
    missed: failures,
    consumedBy: {
      methods: new Set([
        'pipe',
        'resume',
        'read',
        'pipeThrough',
        'pipeTo',
        'toArray',
        'forEach',
        'map',
        'filter',
        'reduce',
      ]),
      events: new Set(['data', 'readable', 'end', 'close', 'finish']),
    },
  },
  // The other side may end it, and whoever listens for that knows.
  connection: {
    dropped: false,
    never: true,
    neverNeeds: (uses) => uses.length > 0,
    missed: failures,
    consumedBy: {
      methods: new Set(['pipe', 'unref']),
      events: new Set(['close', 'end', 'data', 'message', 'connection']),
    },
  },
  // A worker that is spoken to stays and listens; one that is only started ends when its script does.
  worker: {
    dropped: false,
    never: true,
    neverNeeds: (uses) => uses.some((use) => use.kind === 'method' && use.member === 'postMessage'),
    missed: failures,
    consumedBy: { methods: new Set(['unref']), events: new Set(['exit']) },
  },
  // Standard input stays open as long as it is read, and the process with it.
  prompt: {
    dropped: false,
    never: true,
    neverNeeds: (uses) => uses.some((use) => use.kind === 'method' && use.member === 'question'),
    missed: all,
    applies: (call) => /\bstdin\b/.test(call.getText()),
    consumedBy: { methods: new Set(['pause']), events: new Set(['close', 'line']) },
  },
  watcher: { dropped: false, never: false, missed: failures },
  server: {
    dropped: false,
    never: true,
    neverNeeds: (uses) => uses.some((use) => use.kind === 'method' && use.member === 'listen'),
    missed: undefined,
    inTests: true,
    onlyInTests: true,
    consumedBy: { methods: new Set(['unref', 'closeAllConnections']), events: new Set() },
  },
  // A process that is waited for ends by itself.
  child: {
    dropped: false,
    never: false,
    missed: failures,
    consumedBy: { methods: new Set(['unref']), events: new Set(['exit', 'close']) },
  },
  // What it is part of may be closed by whoever gave it.
  part: { dropped: false, never: true, missed: all, applies: isOfSomethingLasting },
  lock: { dropped: false, never: false, missed: undefined, applies: () => false },
  inner: { dropped: false, never: false, missed: undefined, applies: () => false },
};

/** `new Client(options)` that is handed on before anything is asked of it has not opened its connection yet. */
export function isOpenedLater({ kind }: NewExpression | CallExpression, uses: readonly HeldUse[]): boolean {
  return kind === SyntaxKind.NewExpression && !uses.some((use) => use.kind === 'method' || use.kind === 'await');
}

/**
 * `browser.newPage()` of a browser that this function neither opens nor closes: a parameter, a field, a variable of the
 * module. Nothing in the file closes that.
 */
function isOfSomethingLasting({ expression }: CallExpression | NewExpression): boolean {
  const callee = unwrap(expression);
  if (!isPropertyAccessExpression(callee)) return false;
  const whole = unwrap(callee.expression);
  const text = whole.getText();
  const file = callee.getSourceFile().text;
  if (['close', 'disconnect', 'destroy'].some((method) => file.includes(`${text}.${method}(`))) return false;
  const name = isIdentifier(whole) ? declarationName(whole) : undefined;
  if (!name) return whole.kind === SyntaxKind.PropertyAccessExpression && text.startsWith('this.');
  return name.parent.kind === SyntaxKind.Parameter || enclosingFunction(name) !== enclosingFunction(callee);
}

/** `once(child, 'exit')`, `waitFor(socket, 'close')`: the end of it is waited for. */
export function isWaitForEnd({ expression, arguments: given }: CallExpression | NewExpression): boolean {
  return /^(?:once|waitFor\w*) ['"](?:exit|close|finish|end)['"]$/.test(
    `${lastName(expression)} ${given?.[1]?.getText()}`,
  );
}

/** `await once(socket, 'connect')`: it rejects when the socket fails, which closes it. */
export function isEventOf(wait: Node, name: string): boolean {
  const operand = isAwaitExpression(wait) ? unwrap(wait.expression) : undefined;
  if (!operand || !isCallExpression(operand) || !/^(?:once|finished)$/.test(lastName(operand.expression) ?? ''))
    return false;
  const [emitter] = operand.arguments;
  return emitter !== undefined && new RegExp(`^${name.replaceAll('$', '\\$')}(?:\\.\\w+)?$`).test(emitter.getText());
}

/** `await client.connect()`: what could not be opened need not be closed. */
export function isOpening(wait: Node, name: string): boolean {
  const operand = isAwaitExpression(wait) ? unwrap(wait.expression) : undefined;
  if (!operand || !isCallExpression(operand)) return false;
  const callee = operand.expression.getText();
  return callee.startsWith(`${name}.`) && /\.(?:\$?connect|open|init\w*|start|listen|login|ready)$/.test(callee);
}
