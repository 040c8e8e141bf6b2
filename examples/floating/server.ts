import { createServer } from 'node:http';
import { saveUser } from './users.ts';

// Node ignores the promise of a request handler: a rejection ends the process, and the request hangs.
export const server = createServer(async (request, response) => {
  const name = await saveUser(request.url ?? '');
  response.end(name);
});
