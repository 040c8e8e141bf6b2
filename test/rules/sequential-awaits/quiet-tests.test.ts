import type { Api } from './lib.ts';

export async function inATest(api: Api): Promise<number> {
  const user = await api.fetchUser('a');
  const posts = await api.listPosts('a');
  return user.name.length + posts.length;
}
