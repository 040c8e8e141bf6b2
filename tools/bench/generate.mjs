// Writes a made-up project of a given size: modules that import each other and use promises the way services do.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const perFolder = 25;

/** @returns the files written, relative to `folder` */
export function generateProject(folder, modules) {
  const files = [];
  for (let index = 0; index < modules; index++) {
    const file = `src/group${Math.floor(index / perFolder)}/module${index}.ts`;
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), moduleText(index));
    files.push(file);
  }
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    `${JSON.stringify({ compilerOptions: { strict: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom'], types: [], noEmit: true, rootDir: '.' }, include: ['src'] })}\n`,
  );
  return files;
}

/**
 * Adds a module on which a hundred others depend.
 * @returns the module, the texts that it can have (it rejects, it handles its failures), and its dependants
 */
export function generateHub(folder) {
  const hub = path.join(folder, 'src/hub.ts');
  const texts = ['throw error;', 'console.error(error);'].map(
    (handling) => `export async function save(key: string): Promise<void> {
  try {
    await fetch(\`https://example.test/\${key}\`);
  } catch (error) {
    ${handling}
  }
}
`,
  );
  writeFileSync(hub, texts[0]);
  const dependants = Array.from({ length: 100 }, (_, index) => path.join(folder, `src/dependants/user${index}.ts`));
  mkdirSync(path.join(folder, 'src/dependants'), { recursive: true });
  for (const [index, file] of dependants.entries()) {
    writeFileSync(
      file,
      `import { save } from '../hub';

export async function change${index}(keys: readonly string[]): Promise<number> {
  save(keys[0] ?? '');
  await Promise.all(keys.map((key) => save(key)));
  return keys.length;
}
`,
    );
  }
  return { hub, texts, dependants };
}

function moduleText(index) {
  const earlier = [index - 1, index - 7, index - 31].filter((other) => other >= 0);
  const imports = earlier.map((other) => {
    const from = path.posix.relative(
      `src/group${Math.floor(index / perFolder)}`,
      `src/group${Math.floor(other / perFolder)}/module${other}`,
    );
    return `import { Service${other}, load${other} } from '${from.startsWith('.') ? from : `./${from}`}';`;
  });
  const calls = earlier.map(
    (other) => `    const from${other} = await load${other}(key);\n    this.parts.set(key, from${other}.length);`,
  );
  const floating = index % 10 === 0 && earlier.length > 0 ? `    load${earlier[0]}(key);\n` : '';
  return `${imports.join('\n')}

export interface Record${index} { readonly id: string; readonly tags: readonly string[]; readonly at: number }

export async function load${index}(key: string): Promise<string> {
  const answer = await fetch(\`https://example.test/\${key}\`);
  if (!answer.ok) throw new Error(\`no \${key}\`);
  return answer.text();
}

export class Service${index} {
  private readonly parts = new Map<string, number>();
${earlier.map((other) => `  private readonly service${other} = new Service${other}();`).join('\n')}

  async refresh(keys: readonly string[]): Promise<readonly Record${index}[]> {
    const records: Record${index}[] = [];
    for (const key of keys) {
${calls.join('\n')}
      const text = await load${index}(key);
      if (text.length > 3) records.push({ id: key, tags: text.split(','), at: Date.now() });
    }
    await Promise.all(records.map(async (record) => this.store(record)));
    return records;
  }

  private async store(record: Record${index}): Promise<void> {
    try {
      await fetch('https://example.test/store', { method: 'POST', body: JSON.stringify(record) });
    } catch (error) {
      console.error(error);
    }
  }

  touch(key: string): void {
${floating}    this.parts.set(key, (this.parts.get(key) ?? 0) + 1);
    void this.store({ id: key, tags: [], at: 0 });
  }
${earlier.map((other) => `\n  async via${other}(): Promise<number> {\n    const records = await this.service${other}.refresh(['a']);\n    return records.length;\n  }`).join('\n')}
}
`;
}
