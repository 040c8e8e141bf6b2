import type { Origin } from '../typescript/oracle.ts';
import type { DeclaredIn } from '../typescript/type-view.ts';
import data from './promises.json' with { type: 'json' };
import { moduleKey, nothingSaid, type Said } from './said.ts';

/**
 * What is known about promises by name. Names are written `module#member.of.it`, `module` alone for what a module
 * exports as a whole, and `.*` or `#*` at the end for everything below.
 */
export interface PromiseKnowledge {
  /** Whether a thenable's type says that nobody needs to handle it: builders, replies, test steps. */
  isSafePromise(type: DeclaredIn): boolean;
  /** Whether a call starts something that its owner waits for by itself, such as a test that a runner collects. */
  isSafeCall(origins: readonly Origin[]): boolean;
  /** Whether a function is known to give a promise, for packages whose types are not there. */
  givesPromise(origins: readonly Origin[]): boolean;
  /** As `givesPromise`, for functions of Node itself: their promises are the language's own. */
  givesNodePromise(origins: readonly Origin[]): boolean;
  /** Whether a method of a collection gives what was in it before: who put it there owns it. */
  handsOut(origins: readonly Origin[]): boolean;
  /** Whether the promise of a known function never rejects when it is called with so many arguments. */
  neverRejects(origins: readonly Origin[], argumentCount: number): boolean;
  /** Whether a known function does not throw, callbacks that it runs at once aside. */
  neverThrows(origins: readonly Origin[]): boolean;
  /** Whether a function is one that people expect to throw, even where they deal with another failure. */
  oftenThrows(origins: readonly Origin[]): boolean;
  /** Whether a callee's names, the outermost first, say that it throws where something is not as it should be: `schema.parse`, `expect(x).toBe`. */
  isCheck(names: readonly string[]): boolean;
  /** Whether a function that fails once will fail again with the same arguments: it computes, and asks nobody. */
  failsAlike(origins: readonly Origin[]): boolean;
  /** Whether a function keeps what another one returned for later callers, rejected promises included. */
  keepsRejections(origins: readonly Origin[]): boolean;
  /** Whether a function's name says that it logs or reports an error. */
  isLogging(name: string | undefined): boolean;
}

export function promiseKnowledge(said: Said = nothingSaid): PromiseKnowledge {
  const safePromises = new Set<string>([...data.safePromises, ...said.safePromises]);
  const neverRejecting = new Map(
    [...data.neverRejecting, ...said.neverRejecting].map(({ call, atMostArguments }) => [call, atMostArguments]),
  );
  const safeCalls = said.safeCalls.length > 0 ? namesIn([...data.safeCalls, ...said.safeCalls]) : builtIn.safeCalls;
  const promiseCalls =
    said.promiseCalls.length > 0 ? namesIn([...data.promiseCalls, ...said.promiseCalls]) : builtIn.promiseCalls;
  const givesPromise = (origins: readonly Origin[]): boolean =>
    origins.some(
      ({ module, path }) =>
        promiseCalls.has(module, path) ||
        // Methods of what a page or an assertion gives, however many calls lie between.
        data.promiseChains.some(
          ({ modules, through, names }) =>
            modules.includes(module) &&
            names.includes(path.at(-1) ?? '') &&
            path.some((name, index) => index < path.length - 1 && through.includes(name)),
        ),
    );
  return {
    givesPromise,
    isSafePromise: ({ name, packageName, file }) => safePromises.has(`${packageName ?? moduleKey(file)}#${name}`),
    // `test.only` and `test.skip` are what `test` is.
    isSafeCall: (origins) =>
      origins.some(
        ({ module, path }) =>
          safeCalls.has(module, path) || (path.length > 1 && safeCalls.has(module, path.slice(0, -1))),
      ),
    givesNodePromise: (origins) => givesPromise(origins.filter(({ module }) => module.startsWith('node:'))),
    handsOut: (origins) => origins.some(({ module, path }) => builtIn.handingOut.has(module, path)),
    neverRejects: (origins, argumentCount) =>
      origins.some(({ module: from, path }) => {
        const module = moduleKey(from);
        const atMost = neverRejecting.get(path.length > 0 ? `${module}#${path.join('.')}` : module);
        return atMost !== undefined && argumentCount <= atMost;
      }),
    neverThrows: (origins) => origins.some(({ module, path }) => builtIn.neverThrowing.has(module, path)),
    oftenThrows: (origins) => origins.some(({ module, path }) => builtIn.oftenThrowing.has(module, path)),
    isCheck: ([name = '', ...within]) => checks.test(name) || within.some((each) => data.assertionRoots.includes(each)),
    failsAlike: (origins) => origins.some(({ module, path }) => builtIn.failingAlike.has(module, path)),
    keepsRejections: (origins) => origins.some(({ module, path }) => builtIn.memoizers.has(module, path)),
    isLogging: (name) => name !== undefined && builtIn.loggingNames.has(name),
  };
}

interface Names {
  has(module: string, path: readonly string[]): boolean;
}

function namesIn(names: readonly string[]): Names {
  const known = new Set(names);
  return {
    has(from, names) {
      // What `declare global` adds, in whatever package, has this as the first of its names.
      const isGlobal = names[0] === '__global';
      const module = isGlobal ? 'global' : moduleKey(from);
      const path = isGlobal ? names.slice(1) : names;
      if (path.length === 0) return known.has(module);
      const above = path.slice(0, -1);
      const everything = above.length > 0 ? `${module}#${above.join('.')}.*` : `${module}#*`;
      return known.has(`${module}#${path.join('.')}`) || known.has(everything);
    },
  };
}

const checks = new RegExp(`^(?:${data.checkNames.join('|')})(?![a-z])`);

const builtIn = {
  safeCalls: namesIn(data.safeCalls),
  promiseCalls: namesIn(data.promiseCalls),
  neverThrowing: namesIn(data.neverThrowing),
  oftenThrowing: namesIn(data.oftenThrowing),
  handingOut: namesIn(data.handingOut),
  failingAlike: namesIn(data.failingAlike),
  memoizers: namesIn(data.memoizers),
  loggingNames: new Set(data.loggingNames),
};
