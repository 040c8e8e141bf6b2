import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';

interface Order {
  readonly lines: { readonly name: string; readonly tags: string[] }[];
  readonly prices: { readonly name: string }[];
}

async function orderOf(request: IncomingMessage): Promise<Order> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Order;
}

createServer(async (request, response) => {
  const order = await orderOf(request);
  const found: string[] = [];
  for (const line of order.lines) {
    for (const price of order.prices) {
      if (JSON.stringify(line) === JSON.stringify(price)) found.push(line.name);
//             ^^^^^^^^^ heavy-computation nested
//                                      ^^^^^^^^^ heavy-computation nested
    }
  }
  order.lines.forEach((line) => {
    line.tags.forEach(() => {
      line.tags.sort();
//              ^^^^ heavy-computation nested
    });
  });
  const path = decodeURI(String(request.url));
  const table = JSON.parse(await readFile(path, 'utf8')) as unknown[];
//                   ^^^^^ heavy-computation parsed
  response.end(found.join() + table.length);
}).listen(0);

/** An extension says what kind of file it is, and not which. */
createServer(async (request, response) => {
  const raw = await readFile(`/data/${request.url}.json`, 'utf8');
  response.end(String(JSON.parse(raw).length));
//                         ^^^^^ heavy-computation parsed
});
