// @options {"requests": false}
import { readFile } from 'node:fs/promises';

/** The signal of the request that is answered: for `requests` alone. */
export async function answer(request: Request): Promise<Response> {
  if (request.signal.aborted) return new Response(null, { status: 499 });
  const text = await readFile(new URL(request.url).pathname, 'utf8');
  return await fetch('https://example.com', { method: 'POST', body: text });
}
