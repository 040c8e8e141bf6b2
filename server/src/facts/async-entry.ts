import {
  isRequestType,
  isServingEmitter,
  isServingEvent,
  mayTakeHandler,
  takesRequestHandler,
} from '../knowledge/request-handlers.ts';
import {
  type CallExpression,
  type FunctionNode,
  hasModifier,
  isAsyncFunction,
  isCallExpression,
  isGenerator,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle, Origin } from '../typescript/oracle.ts';
import { type FunctionUse, type FunctionUses, runningFunction } from './uses.ts';

/** Why others wait while a function runs. */
export type AsyncEntry =
  | { readonly how: 'async'; readonly fn: FunctionNode }
  /** Not marked `async`, but it gives its caller a promise. */
  | { readonly how: 'promise'; readonly fn: FunctionNode }
  /** Called back by a promise or a timer; `by` is the method's name. */
  | { readonly how: 'callback'; readonly fn: FunctionNode; readonly by: string }
  /** Called once a request, message or connection. */
  | { readonly how: 'handler'; readonly fn: FunctionNode };

/** Tells which functions the event loop runs while others wait, in whatever file they are. */
export class AsyncEntries {
  readonly #types: Oracle;
  readonly #uses: FunctionUses;
  readonly #known = new WeakMap<FunctionNode, Promise<AsyncEntry | undefined>>();

  constructor(types: Oracle, uses: FunctionUses) {
    this.#types = types;
    this.#uses = uses;
  }

  /** Undefined for functions that run only because another function calls them, and for what runs once at start-up. */
  of(fn: FunctionNode): Promise<AsyncEntry | undefined> {
    let known = this.#known.get(fn);
    if (!known) this.#known.set(fn, (known = this.#find(fn)));
    return known;
  }

  async #find(fn: FunctionNode): Promise<AsyncEntry | undefined> {
    if (!mayBeEntry(fn)) return undefined;
    const uses = await this.#uses.of(fn);
    const given = await Promise.all(
      uses.map((use) => (use.kind === 'argument' ? this.#given(fn, use.call, use.index) : undefined)),
    );
    const byUse = given.find((entry) => entry !== undefined);
    if (byUse) return byUse;
    if (await this.#takesRequest(fn)) return { how: 'handler', fn };
    const isAsync = isAsyncFunction(fn);
    if (!isAsync && !(await this.#returnsPromise(fn))) return undefined;
    if (isEntryScript(fn) || (await this.runsAtStartUp(fn))) return undefined;
    return { how: isAsync ? 'async' : 'promise', fn };
  }

  /** What becomes of a function that is handed to a call. */
  async #given(fn: FunctionNode, call: CallExpression | NewExpression, index: number): Promise<AsyncEntry | undefined> {
    const name = lastName(call.expression) ?? '';
    if (isNewExpression(call)) {
      const isExecutor = name === 'Promise' && index === 0;
      return isExecutor && !(await this.isStartUp(call)) ? { how: 'promise', fn } : undefined;
    }
    const callee = unwrap(call.expression);
    if (promiseMethods.has(name) && isPropertyAccessExpression(callee)) {
      const { extent } = await this.#types.thenability(callee.expression);
      if (extent === 'none' || (await this.isStartUp(call))) return undefined;
      return { how: 'callback', fn, by: name };
    }
    if (timers.has(name) && index === 0) return { how: 'callback', fn, by: name };
    if (!mayTakeHandler(name)) return undefined;
    return (await this.#takesHandler(call, callee, name)) ? { how: 'handler', fn } : undefined;
  }

  async #takesHandler(call: CallExpression, callee: Node, name: string): Promise<boolean> {
    if (takesRequestHandler(await this.#types.origins(callee))) return true;
    if (!isPropertyAccessExpression(callee)) return false;
    if (takesRequestHandler(await this.#madeBy(callee.expression, name))) return true;
    const [event] = call.arguments;
    if (!isServingEvent(name, event && isStringLiteral(event) ? event.text : undefined)) return false;
    const heritage = await (await this.#types.typeOf(callee.expression)).heritage();
    return heritage.some(isServingEmitter);
  }

  /** A member of what a variable was made by, for packages without types: `const app = express()`, then `app.get`. */
  async #madeBy(receiver: Node, member: string): Promise<readonly Origin[]> {
    const at = unwrap(receiver);
    if (!isIdentifier(at)) return [];
    const [declaration] = await this.#types.declarationsOf(at);
    if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return [];
    const made = unwrap(declaration.initializer);
    if (!isCallExpression(made) && !isNewExpression(made)) return [];
    const makers = await this.#types.origins(made.expression);
    return makers.map(({ module, path }) => ({ module, path: [...path, member] }));
  }

  async #takesRequest(fn: FunctionNode): Promise<boolean> {
    // An array method's callback and the like also gets requests at times, but those functions are seen through before.
    const types = await Promise.all(fn.parameters.slice(0, 2).map((parameter) => this.#types.typeOf(parameter.name)));
    const declared = await Promise.all(types.map((type) => type.declaredIn()));
    return declared.some((type) => type !== undefined && isRequestType(type));
  }

  async #returnsPromise(fn: FunctionNode): Promise<boolean> {
    const returned = await this.#types.returnTypeOf(fn);
    const { extent, isPromise } = await returned.thenability();
    return extent === 'all' && isPromise;
  }

  /** Whether a function that is no entry runs as part of its callers. Constructors, accessors and generators are not followed. */
  isCalledForItsResult(fn: FunctionNode): boolean {
    return mayBeEntry(fn) && !isAsyncFunction(fn);
  }

  /** Whether a place runs only while the program starts: at module level, or in functions that only such places call. */
  async isStartUp(node: Node): Promise<boolean> {
    const fn = runningFunction(node);
    return !fn || isEntryScript(fn) || this.runsAtStartUp(fn);
  }

  /** As `isStartUp`, for all calls of a function. Exported functions and methods may be called by anybody. */
  async runsAtStartUp(fn: FunctionNode, above: readonly FunctionNode[] = []): Promise<boolean> {
    if (above.includes(fn)) return true;
    if (isExported(fn) || (!isLocalKind(fn) && !isCalledInPlace(await this.#uses.of(fn)))) return false;
    const uses = await this.#uses.of(fn);
    if (uses.length === 0) return false;
    const verdicts = await Promise.all(
      uses.map(async (use) => {
        if (use.kind !== 'call') return false;
        const caller = runningFunction(use.call);
        return !caller || this.runsAtStartUp(caller, [...above, fn]);
      }),
    );
    return verdicts.every(Boolean);
  }
}

/** Constructors, accessors and synchronous generators run because somebody asks for their result at once. */
function mayBeEntry(fn: FunctionNode): boolean {
  switch (fn.kind) {
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return false;
    default:
      return isAsyncFunction(fn) || !isGenerator(fn);
  }
}

const promiseMethods = new Set(['then', 'catch', 'finally']);

const timers = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'nextTick',
  'requestAnimationFrame',
  'requestIdleCallback',
]);

function isLocalKind(fn: FunctionNode): boolean {
  if (fn.kind === SyntaxKind.FunctionDeclaration) return true;
  return (
    (fn.kind === SyntaxKind.ArrowFunction || fn.kind === SyntaxKind.FunctionExpression) &&
    isVariableDeclaration(fn.parent)
  );
}

function isCalledInPlace(uses: readonly FunctionUse[]): boolean {
  return uses.length === 1 && uses[0]?.kind === 'call';
}

function isExported(fn: FunctionNode): boolean {
  const statement = isVariableDeclaration(fn.parent) ? fn.parent.parent.parent : fn;
  return hasModifier(statement, SyntaxKind.ExportKeyword);
}

/** A file that is started by its name: what is asynchronous in it has nobody else waiting. */
function isEntryScript(fn: FunctionNode): boolean {
  const { text, fileName } = fn.getSourceFile();
  if (text.startsWith('#!')) return true;
  return /\/bin\/[^/]+$/.test(fileName) && !/^export\b|\bexports\b/m.test(text);
}
