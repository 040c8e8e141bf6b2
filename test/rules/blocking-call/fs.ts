import fs, { readFileSync, rmSync as remove } from 'node:fs';

export async function load(path: string): Promise<string> {
  const text = readFileSync(path, 'utf8');
//             ^^^^^^^^^^^^ blocking-call async
  return text;
}

export async function lines(path: string): Promise<readonly string[]> {
  return readFileSync(path, 'utf8').split('\n');
//       ^^^^^^^^^^^^ blocking-call async
}

export async function store(path: string, text: string): Promise<void> {
  if (!fs.existsSync(path)) fs.mkdirSync(path, { recursive: true });
//        ^^^^^^^^^^ blocking-call async
//                             ^^^^^^^^^ blocking-call async
  fs.writeFileSync(`${path}/text`, text);
//   ^^^^^^^^^^^^^ blocking-call async
  remove(`${path}/old`, { force: true });
//^^^^^^ blocking-call async
}

export const size = async (path: string): Promise<number> => fs.statSync(path).size;
//                                                              ^^^^^^^^ blocking-call async

// A descriptor is not a path to the promise API, and a missing file is no rejection here: no fix is right.
export async function descriptors(fd: number, path: string): Promise<void> {
  fs.readFileSync(fd);
//   ^^^^^^^^^^^^ blocking-call async
  fs.statSync(path, { throwIfNoEntry: false });
//   ^^^^^^^^ blocking-call async
  fs.closeSync(fd);
//   ^^^^^^^^^ blocking-call async
}

export async function perFile(paths: readonly string[]): Promise<void> {
  paths.forEach((path) => fs.unlinkSync(path));
//                           ^^^^^^^^^^ blocking-call async
  await Promise.all(
    paths.map(async (path) => {
      fs.copyFileSync(path, `${path}.bak`);
//       ^^^^^^^^^^^^ blocking-call async
    }),
  );
}

export class Store {
  readonly #root = fs.realpathSync('.');

  constructor() {
    fs.mkdirSync(this.#root, { recursive: true });
  }

  async keep(name: string): Promise<void> {
    fs.realpathSync.native(name);
//                  ^^^^^^ blocking-call async
    await this.#flush();
  }

  async *names(): AsyncGenerator<string> {
    yield* fs.readdirSync(this.#root);
//            ^^^^^^^^^^^ blocking-call async
  }

  async #flush(): Promise<void> {
    const write = () => fs.writeFileSync(this.#root, '');
    write();
//  ^^^^^ blocking-call helper
//  related fs.ts:67 "`write` calls `writeFileSync` here"
  }
}

// The default is evaluated where `await` is no expression.
export async function withDefault(text = fs.readFileSync('a', 'utf8')): Promise<string> {
//                                          ^^^^^^^^^^^^ blocking-call async
  return text;
}
