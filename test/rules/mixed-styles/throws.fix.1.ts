declare function load(id: string): Promise<string>;

export async function get(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  return load(id);
}

export class Store {
  #open = false;

  async find(id: string): Promise<string> {
    if (!this.#open) {
      throw new Error('closed');
    }
    return load(id).then((text) => text.trim());
  }
}

export const first = async (ids: readonly string[]): Promise<string> => {
  const [id] = ids;
  if (id === undefined) throw new Error('empty');
  return load(id);
};

export async function checked(id: string): Promise<string> {
  if (id === '') throw new TypeError('no id');
  return load(id);
}
