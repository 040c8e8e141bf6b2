import { request, type User } from './lib.ts';

export function reader(id: string): () => Promise<string> {
  const user = request(id);
  user.catch(() => {
    // Handled where it is awaited.
  });
  return async () => (await user).name;
}

export function api(id: string) {
  const found = request(id);
  found.catch(() => {
    // Handled where it is awaited.
  });
  return {
    id,
    async name(): Promise<string> {
      const { name } = await found;
      return name;
    },
    again: async (): Promise<User> => await found,
  };
}

export const lazy = () => {
  const files = import('node:fs/promises');
  files.catch(() => {
    // Handled where it is awaited.
  });
  return async (path: string): Promise<string> => {
    const { readFile } = await files;
    return await readFile(path, 'utf8');
  };
};
