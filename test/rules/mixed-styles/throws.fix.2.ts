declare function load(id: string): Promise<string>;

export function get(id: string): Promise<string> {
  if (id === '') return Promise.reject(new Error('no id'));
  return load(id);
}

export class Store {
  #open = false;

  find(id: string): Promise<string> {
    if (!this.#open) {
      return Promise.reject(new Error('closed'));
    }
    return load(id).then((text) => text.trim());
  }
}

export const first = (ids: readonly string[]): Promise<string> => {
  const [id] = ids;
  if (id === undefined) return Promise.reject(new Error('empty'));
  return load(id);
};

export function checked(id: string): Promise<string> {
  if (id === '') return Promise.reject(new TypeError('no id'));
  return load(id);
}
