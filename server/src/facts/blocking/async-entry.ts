import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isDecorator,
  isGenerator,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle, Origin } from '../../typescript/oracle.ts';
import { type FunctionUses, inlineUse, isExported, runningFunction, runsItsArgumentNow } from '../uses.ts';
import { isCommand } from './commands.ts';

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
  readonly #knowledge: Knowledge;
  readonly #uses: FunctionUses;
  readonly #known = new WeakMap<FunctionNode, Promise<AsyncEntry | undefined>>();

  constructor(types: Oracle, knowledge: Knowledge, uses: FunctionUses) {
    this.#types = types;
    this.#knowledge = knowledge;
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
    if ((await this.#takesRequest(fn)) || (await this.#isDecorated(fn))) return { how: 'handler', fn };
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
    if (this.#knowledge.callbacks.mayCallBackLater(name) && (await this.#callsBackLater(call, index)))
      return { how: 'callback', fn, by: name };
    if (!this.#knowledge.handlers.mayTakeHandler(name)) return undefined;
    if (await this.#takesHandler(call, callee, name)) return { how: 'handler', fn };
    return (await this.#takesListener(call, callee, name)) ? { how: 'callback', fn, by: name } : undefined;
  }

  /** `fs.stat(path, (error, info) => …)`, other than while the program starts. */
  async #callsBackLater(call: CallExpression, index: number): Promise<boolean> {
    const role = this.#knowledge.callbacks.role(
      await this.#types.origins(call.expression),
      index,
      call.arguments.length,
    );
    return role === 'callback' && !(await this.isStartUp(call));
  }

  async #takesHandler(call: CallExpression, callee: Node, name: string): Promise<boolean> {
    const { handlers } = this.#knowledge;
    if (handlers.takesRequestHandler(await this.#types.origins(callee))) return true;
    if (!isPropertyAccessExpression(callee)) return false;
    if (handlers.takesRequestHandler(await this.#madeBy(callee.expression, name))) return true;
    const [event] = call.arguments;
    if (!handlers.isServingEvent(name, event && isStringLiteral(event) ? event.text : undefined)) return false;
    const heritage = await (await this.#types.typeOf(callee.expression)).heritage();
    return heritage.some((type) => handlers.isServingEmitter(type));
  }

  /** `events.on('entry', …)`, on an emitter of the program's own. */
  async #takesListener(call: CallExpression, callee: Node, name: string): Promise<boolean> {
    const { handlers } = this.#knowledge;
    const [event] = call.arguments;
    if (!isPropertyAccessExpression(callee) || !event || !isStringLiteral(event)) return false;
    if (!handlers.isRepeatedEvent(name, event.text)) return false;
    return handlers.isOwnEmitter(await (await this.#types.typeOf(callee.expression)).heritage());
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

  /** `@Get()` above a method. */
  async #isDecorated(fn: FunctionNode): Promise<boolean> {
    const modifiers: readonly Node[] = (isMethodDeclaration(fn) && fn.modifiers) || [];
    const decorators = modifiers.filter(isDecorator);
    const answers = await Promise.all(
      decorators.map(async ({ expression }) => {
        const at = unwrap(expression);
        return this.#knowledge.handlers.isHandlerDecorator(
          await this.#types.origins(isCallExpression(at) ? at.expression : at),
        );
      }),
    );
    return answers.includes(true);
  }

  async #takesRequest(fn: FunctionNode): Promise<boolean> {
    // An array method's callback and the like also gets requests at times, but those functions are seen through before.
    const types = await Promise.all(fn.parameters.slice(0, 2).map((parameter) => this.#types.typeOf(parameter.name)));
    const declared = await Promise.all(types.map((type) => type.declaredIn()));
    return declared.some((type) => type !== undefined && this.#knowledge.handlers.isRequestType(type));
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

  /** As `isStartUp`, for all calls of a function, in whatever file. Methods may be called by anybody. */
  async runsAtStartUp(fn: FunctionNode, above: readonly FunctionNode[] = []): Promise<boolean> {
    if (above.includes(fn)) return true;
    if (above.length > mostLevels) return false;
    const uses = await this.#uses.of(fn);
    if (uses.some((use) => use.kind === 'other') || (!isLocalKind(fn) && !isUsedInPlace(fn))) {
      return isCommand(fn, this.#types);
    }
    const used = isExported(fn) ? [...uses, ...(await this.#uses.elsewhere(fn))] : uses;
    // That a function calls itself says nothing about who calls it first.
    const all = used.filter((use) => use.kind === 'other' || runningFunction(use.call) !== fn);
    if (all.length === 0 || all.length > mostUses) return false;
    const verdicts = await Promise.all(
      all.map(async (use) => {
        if (use.kind === 'other') return isEntryScript(use.at);
        if (use.kind === 'argument') return this.#runsWithin(use.call, [...above, fn]);
        const caller = runningFunction(use.call);
        return !caller || isEntryScript(caller) || this.runsAtStartUp(caller, [...above, fn]);
      }),
    );
    return verdicts.every(Boolean);
  }

  /** Whether a call that is given a function runs it as a part of the start: a command, or a step that the start waits for. */
  async #runsWithin(call: CallExpression | NewExpression, above: readonly FunctionNode[]): Promise<boolean> {
    if (this.#knowledge.handlers.takesCommand(await this.#types.origins(call.expression))) return true;
    const isStep =
      runsItsArgumentNow(call) ||
      promiseMethods.has(lastName(call.expression) ?? '') ||
      isAwaitExpression(wrapped(call).parent);
    if (!isStep) return false;
    const caller = runningFunction(call);
    return !caller || isEntryScript(caller) || this.runsAtStartUp(caller, above);
  }
}

/** What is called from more places or through more functions than these is no part of the start. */
const mostUses = 12;
const mostLevels = 8;

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

/** A function that nobody can name: it is called or handed over where it stands. */
function isUsedInPlace(fn: FunctionNode): boolean {
  const use = inlineUse(fn);
  return use !== undefined && use.kind !== 'other';
}

/** A file that is started by its name: what is asynchronous in it has nobody else waiting. */
function isEntryScript(node: Node): boolean {
  const { text, fileName } = node.getSourceFile();
  if (text.startsWith('#!')) return true;
  return /\/bin\/[^/]+$/.test(fileName) && !/^export\b|\bexports\b/m.test(text);
}
