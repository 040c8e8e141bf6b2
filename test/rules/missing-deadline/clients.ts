import { createServer } from 'node:http';
import axios from 'axios';

const http = axios.create({ baseURL: 'https://billing.example' });
const bounded = axios.create({ baseURL: 'https://billing.example', timeout: 1000 });

/** What follows the slash is on another host, and the client has no deadline. */
export async function invoice(id: string): Promise<unknown> {
  return (await http.get(`/invoices/${id}`)).data;
//                   ^^^ missing-deadline unbounded
}

export async function boundedInvoice(id: string): Promise<unknown> {
  return (await bounded.get(`/invoices/${id}`)).data;
}

createServer(async (request, response) => {
  try {
    response.end(String([await invoice(request.url ?? ''), await boundedInvoice(request.url ?? '')]));
  } catch (error) {
    response.destroy(error as Error);
  }
});
