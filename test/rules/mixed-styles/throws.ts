declare function load(id: string): Promise<string>;

export function get(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
//               ^^^^^ mixed-styles throwsToo
  return load(id);
}

export class Store {
  #open = false;

  find(id: string): Promise<string> {
    if (!this.#open) {
      throw new Error('closed');
//    ^^^^^ mixed-styles throwsToo
    }
    return load(id).then((text) => text.trim());
  }
}

export const first = (ids: readonly string[]): Promise<string> => {
  const [id] = ids;
  if (id === undefined) throw new Error('empty');
//                      ^^^^^ mixed-styles throwsToo
  return load(id);
};

export function checked(id: string): Promise<string> {
  if (id === '') throw new TypeError('no id');
//               ^^^^^ mixed-styles throwsToo
  return load(id);
}
