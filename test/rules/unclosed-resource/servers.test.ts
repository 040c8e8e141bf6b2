import { createServer } from 'node:http';

export async function leaves(): Promise<void> {
  const server = createServer();
//               ^^^^^^^^^^^^ unclosed-resource never
  server.listen(0);
  await fetch('http://localhost');
}

export async function closes(): Promise<void> {
  const server = createServer();
  server.listen(0);
  await fetch('http://localhost');
  server.close();
}
