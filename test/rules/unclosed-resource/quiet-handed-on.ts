import { Client } from 'pg';

/** It has not opened its connection yet, and whoever does closes it. */
export async function answer(url: URL): Promise<string> {
  const client = new Client({ host: 'localhost' });
  if (url.pathname === '/host') return client.host;
  return await ask(client);
}

async function ask(client: Client): Promise<string> {
  await client.connect();
  try {
    return String(await client.query('select 1'));
  } finally {
    await client.end();
  }
}
