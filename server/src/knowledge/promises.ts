import type { Origin } from '../typescript/oracle.ts';
import type { DeclaredIn } from '../typescript/type-view.ts';
import data from './promises.json' with { type: 'json' };

/**
 * What is known about promises by name. Names are written `module#member.of.it`, `module` alone for what a module
 * exports as a whole, and `.*` or `#*` at the end for everything below.
 */
const safePromises = new Set<string>(data.safePromises);
const neverRejecting = new Map(data.neverRejecting.map(({ call, atMostArguments }) => [call, atMostArguments]));
const neverThrowing = namesIn(data.neverThrowing);
const safeCalls = namesIn(data.safeCalls);
const promiseCalls = namesIn(data.promiseCalls);
/** Methods of what a page or an assertion gives, however many calls lie between. */
const promiseChains = data.promiseChains;
const handingOut = namesIn(data.handingOut);
const loggingNames = new Set(data.loggingNames);

/** Whether a thenable's type says that nobody needs to handle it: builders, replies, test steps. */
export function isSafePromise({ name, packageName }: DeclaredIn): boolean {
  return packageName !== undefined && safePromises.has(`${packageName}#${name}`);
}

/** Whether a call starts something that its owner waits for by itself, such as a test that a runner collects. */
export function isSafeCall(origins: readonly Origin[]): boolean {
  // `test.only` and `test.skip` are what `test` is.
  return origins.some(
    ({ module, path }) => safeCalls.has(module, path) || (path.length > 1 && safeCalls.has(module, path.slice(0, -1))),
  );
}

/** Whether a function is known to give a promise, for packages whose types are not there. */
export function givesPromise(origins: readonly Origin[]): boolean {
  return origins.some(
    ({ module, path }) =>
      promiseCalls.has(module, path) ||
      promiseChains.some(
        ({ modules, through, names }) =>
          modules.includes(module) &&
          names.includes(path.at(-1) ?? '') &&
          path.some((name, index) => index < path.length - 1 && through.includes(name)),
      ),
  );
}

/** As `givesPromise`, for functions of Node itself: their promises are the language's own. */
export function givesNodePromise(origins: readonly Origin[]): boolean {
  return givesPromise(origins.filter(({ module }) => module.startsWith('node:')));
}

/** Whether a method of a collection gives what was in it before: who put it there owns it. */
export function handsOut(origins: readonly Origin[]): boolean {
  return origins.some(({ module, path }) => handingOut.has(module, path));
}

/** Whether the promise of a known function never rejects when it is called with so many arguments. */
export function neverRejects(origins: readonly Origin[], argumentCount: number): boolean {
  return origins.some(({ module, path }) => {
    const atMost = neverRejecting.get(path.length > 0 ? `${module}#${path.join('.')}` : module);
    return atMost !== undefined && argumentCount <= atMost;
  });
}

/** Whether a known function does not throw, callbacks that it runs at once aside. */
export function neverThrows(origins: readonly Origin[]): boolean {
  return origins.some(({ module, path }) => neverThrowing.has(module, path));
}

/** Whether a function's name says that it logs or reports an error. */
export function isLogging(name: string | undefined): boolean {
  return name !== undefined && loggingNames.has(name);
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
      const module = isGlobal ? 'global' : from;
      const path = isGlobal ? names.slice(1) : names;
      if (path.length === 0) return known.has(module);
      const above = path.slice(0, -1);
      const everything = above.length > 0 ? `${module}#${above.join('.')}.*` : `${module}#*`;
      return known.has(`${module}#${path.join('.')}`) || known.has(everything);
    },
  };
}
