export async function exported(): Promise<number> {
//     ^^^^^ async-without-await named
  return 1;
}

async function local(id: string): Promise<string> {
// <0 ^^^^^ async-without-await named
  return id.trim();
}

const arrow = async (id: string): Promise<string> => id.trim();
//            ^^^^^ async-without-await named

export class Counter {
  #count = 0;

  async next(): Promise<number> {
//^^^^^ async-without-await named
    this.#count += 1;
    return this.#count;
  }

  reset = async () => {
//        ^^^^^ async-without-await named
    this.#count = 0;
  };
}

export async function callers(load: () => Promise<string>): Promise<string> {
  const id = await load();
  return (await local(id)) + (await arrow(id));
}

export function callbacks(ids: readonly string[]): void {
  ids.forEach(async (id) => {
//            ^^^^^ async-without-await anonymous
    console.log(id);
  });
}

async function chained(): Promise<number> {
// <0 ^^^^^ async-without-await named
  return 2;
}

export const doubled = chained().then((value) => value * 2);

/** Its overloads promise nothing. */
export function join(id: string): void;
export function join(id: string, other: string): void;
export async function join(...ids: string[]) {
//     ^^^^^ async-without-await named
  console.log(ids.join());
}

/** What is marked or handled has its owner. */
export async function marks() {
  void later();
  later().catch(console.error);
}

declare function later(): Promise<void>;
