import express from 'express';
import { Client, Pool } from 'pg';
import { createClient } from 'redis';

const app = express();

app.get('/users', async (_request, response) => {
  const client = new Client();
//                   ^^^^^^ connection-per-call perRequest
  await client.connect();
  try {
    response.json(await client.query('select * from users'));
  } finally {
    await client.end();
  }
});

app.get('/names', async (_request, response) => {
  const pool = new Pool({ host: 'db' });
//                 ^^^^ connection-per-call perRequest
  response.json(await pool.query('select name from users'));
});

export async function values(keys: readonly string[]): Promise<readonly (string | null)[]> {
  const found: (string | null)[] = [];
  for (const key of keys) {
    const client = createClient({ url: 'redis://cache' });
//                 ^^^^^^^^^^^^ connection-per-call perRound
    await client.connect();
    found.push(await client.get(key));
    await client.quit();
  }
  return found;
}
