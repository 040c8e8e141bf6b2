import { createServer } from 'node:http';
import { withClient } from './_mongo.ts';

export const server = createServer(async (_request, response) => {
  try {
    response.end(await withClient(async (client) => String(client)));
  } catch (error) {
    response.destroy(error as Error);
  }
});
