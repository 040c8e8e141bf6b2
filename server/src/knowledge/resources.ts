import type { DeclaredIn, Origin } from '../typescript/oracle.ts';
import { basename } from '../typescript/paths.ts';
import data from './resources.json' with { type: 'json' };

/** How something is released that is known by the name of its type, or of the function that gives it. */
export interface KnownResource {
  readonly name: string;
  readonly release: 'method';
  /** The usual one first; none where it is a function that is called to release it. */
  readonly methods: readonly string[];
}

export interface ResourceKnowledge {
  ofType(type: DeclaredIn): KnownResource | undefined;
  /** What the function at one of these origins gives. */
  from(callee: readonly Origin[]): KnownResource | undefined;
  /** Whether things of a type may be forgotten although they can be disposed: iterators and timers. */
  isHarmless(type: DeclaredIn): boolean;
}

export const resourceKnowledge: ResourceKnowledge = {
  ofType(type) {
    const found = data.types.find(
      ({ modules, names }) => names.includes(type.name) && modules.includes(moduleOf(type)),
    );
    return found && { name: type.name, release: 'method', methods: found.methods };
  },
  from(callee) {
    for (const { module, path } of callee) {
      const whole = path.join('.');
      const found = data.calls.find(({ modules, names }) => modules.includes(module) && names.includes(whole));
      if (found) return { name: whole, release: 'method', methods: found.methods };
    }
    return undefined;
  },
  isHarmless: (type) =>
    data.harmless.some(({ modules, names }) => names.includes(type.name) && modules.includes(moduleOf(type))),
};

/** The module of a declaration as the data file writes it. */
function moduleOf({ file, from, packageName }: DeclaredIn): string {
  if (from === 'lib') return 'global';
  if (packageName === '@types/node') return nodeModule(file);
  return packageName?.replace(/^@types\//, '') ?? file;
}

/** `@types/node/fs/promises.d.ts` → `node:fs/promises`; what is declared for all modules is global. */
function nodeModule(file: string): string {
  const [, inside] = file.split('/@types/node/');
  const path = (inside ?? basename(file)).replace(/\.d\.[cm]?ts$/, '');
  return path === 'globals' ? 'global' : `node:${path}`;
}
