import { request, type User } from './lib.ts';

export function reader(id: string): () => Promise<string> {
  const user = request(id);
//      ^^^^ late-await handedOut
//      related handed-out.ts:8 "awaited here, once the function runs"
//      related lib.ts:11 "can reject here"
  return async () => (await user).name;
}

export function api(id: string) {
  const found = request(id);
//      ^^^^^ late-await handedOut
//      related handed-out.ts:19 "awaited here, once the function runs"
//      related lib.ts:11 "can reject here"
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
//      ^^^^^ late-await handedOut
//      related handed-out.ts:31 "awaited here, once the function runs"
  return async (path: string): Promise<string> => {
    const { readFile } = await files;
    return await readFile(path, 'utf8');
  };
};
