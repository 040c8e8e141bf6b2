/** A project of many small modules that call each other, and one large file: what an editor has to live with. */
export function generatedProject(modules: number, largeFileBytes: number): Record<string, string> {
  const files: Record<string, string> = {
    'tsconfig.json':
      '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext", "types": [] }, "include": ["src"] }',
    'package.json': '{ "name": "generated", "type": "module" }',
  };
  for (let index = 0; index < modules; index++) files[`src/module-${index}.ts`] = moduleText(index, modules);
  files['src/large.ts'] = largeText(largeFileBytes, modules);
  return files;
}

function moduleText(index: number, modules: number): string {
  const next = (index + 1) % modules;
  const far = (index * 7 + 3) % modules;
  return `import { load${next} } from './module-${next}.js';
import { count${far} } from './module-${far}.js';

export async function load${index}(id: number): Promise<number> {
  if (id < 0) throw new RangeError('module ${index} has no such id');
  return id > 100 ? await load${next}(id - 1) : id;
}

export function count${index}(ids: readonly number[]): number {
  ids.forEach(async (id) => {
    await load${index}(id);
  });
  load${next}(ids.length);
  return ids.length > 3 ? count${far}(ids.slice(1)) : ids.length;
}

export async function sum${index}(ids: readonly number[]): Promise<number> {
  let sum = 0;
  for (const id of ids) sum += await load${index}(id);
  try {
    return load${next}(sum);
  } catch {
    return sum;
  }
}
`;
}

function largeText(bytes: number, modules: number): string {
  const parts = [
    `import { load0 } from './module-0.js';\nimport { load${modules - 1} as lastOf } from './module-${modules - 1}.js';\n`,
  ];
  for (let index = 0, length = 0; length < bytes; index++) {
    const part = `
export async function step${index}(id: number, text = 'step ${index}'): Promise<number> {
  const found = await load0(id);
  if (found > ${index}) load0(found);
  const all = [found, id].map((each) => each + ${index}).filter((each) => each % 2 === 0);
  const last = await lastOf(all.length);
  return text.length > last ? last : ${index === 0 ? 'id' : `step${index - 1}(last)`};
}
`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

/** Numbers that look random and are the same each time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
