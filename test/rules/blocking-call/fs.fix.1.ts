import fs, { readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';

export async function load(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  return text;
}

export async function lines(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8')).split('\n');
}

export async function store(path: string, text: string): Promise<void> {
  if (!fs.existsSync(path)) await mkdir(path, { recursive: true });
  await writeFile(`${path}/text`, text);
  await rm(`${path}/old`, { force: true });
}

export const size = async (path: string): Promise<number> => (await stat(path)).size;

// A descriptor is not a path to the promise API, and a missing file is no rejection here: no fix is right.
export async function descriptors(fd: number, path: string): Promise<void> {
  fs.readFileSync(fd);
  fs.statSync(path, { throwIfNoEntry: false });
  fs.closeSync(fd);
}

export async function perFile(paths: readonly string[]): Promise<void> {
  paths.forEach((path) => fs.unlinkSync(path));
  await Promise.all(
    paths.map(async (path) => {
      await copyFile(path, `${path}.bak`);
    }),
  );
}

export class Store {
  readonly #root = fs.realpathSync('.');

  constructor() {
    fs.mkdirSync(this.#root, { recursive: true });
  }

  async keep(name: string): Promise<void> {
    await realpath(name);
    await this.#flush();
  }

  async *names(): AsyncGenerator<string> {
    yield* await readdir(this.#root);
  }

  async #flush(): Promise<void> {
    const write = () => fs.writeFileSync(this.#root, '');
    write();
  }
}

// The default is evaluated where `await` is no expression.
export async function withDefault(text = fs.readFileSync('a', 'utf8')): Promise<string> {
  return text;
}
