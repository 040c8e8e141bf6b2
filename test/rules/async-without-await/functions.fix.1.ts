export async function exported(): Promise<number> {
  return 1;
}

function local(id: string): string {
  return id.trim();
}

const arrow = (id: string): string => id.trim();

export class Counter {
  #count = 0;

  async next(): Promise<number> {
    this.#count += 1;
    return this.#count;
  }

  reset = async () => {
    this.#count = 0;
  };
}

export async function callers(load: () => Promise<string>): Promise<string> {
  const id = await load();
  return (local(id)) + (arrow(id));
}

export function callbacks(ids: readonly string[]): void {
  ids.forEach((id) => {
    console.log(id);
  });
}

async function chained(): Promise<number> {
  return 2;
}

export const doubled = chained().then((value) => value * 2);

/** Its overloads promise nothing. */
export function join(id: string): void;
export function join(id: string, other: string): void;
export async function join(...ids: string[]) {
  console.log(ids.join());
}

/** What is marked or handled has its owner. */
export async function marks() {
  void later();
  later().catch(console.error);
}

declare function later(): Promise<void>;
