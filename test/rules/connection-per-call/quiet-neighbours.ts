import express from 'express';
import { Client, Pool } from 'pg';
import { createClient } from 'redis';

const app = express();
const pool = new Pool();

app.get('/users', async (_request, response) => {
  response.json(await pool.query('select * from users'));
});

let shared: Client | undefined;

app.get('/kept', async (_request, response) => {
  shared ??= new Client();
  response.json(await shared.query('select 1'));
});

export async function hosts(names: readonly string[]): Promise<void> {
  for (const host of names) {
    const client = new Client({ host });
    await client.connect();
    await client.end();
  }
}

app.get('/tenant', async (request, response) => {
  const client = new Client({ host: request.url });
  response.json(await client.query('select 1'));
});

export async function once(): Promise<readonly unknown[]> {
  const client = new Client();
  await client.connect();
  return await client.query('select 1');
}

export function clients(names: readonly string[]): readonly unknown[] {
  const made: unknown[] = [];
  for (const _ of names) made.push(createClient());
  return made;
}

export function byName(names: readonly string[]): Map<string, Client> {
  const made = new Map<string, Client>();
  for (const name of names) {
    const client = new Client();
    made.set(name, client);
  }
  return made;
}
