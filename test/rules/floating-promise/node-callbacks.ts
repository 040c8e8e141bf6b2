import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

export const server = createServer((_request, response) => {
  readFile('index.html').then((page) => response.end(page));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
});
