import { createServer } from 'node:http';

// A program that tests start: it runs as long as its server.
const server = createServer((_, response) => {
  response.end('hello');
});
server.listen(0, () => console.log(server.address()));
