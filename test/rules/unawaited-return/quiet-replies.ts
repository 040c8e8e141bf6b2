/** Like the reply of Fastify: every handler may return it, and what it is awaited for is the framework's business. */
interface Reply extends PromiseLike<void> {
  readonly __linterBrands: 'SafePromise';
  send(payload?: unknown): Reply;
  status(code: number): Reply;
}

declare function load(id: string): Promise<string>;

export async function answer(id: string, reply: Reply) {
  try {
    const found = await load(id);
    return reply.send(found);
  } catch (error) {
    return reply.status(500).send(String(error));
  }
}
