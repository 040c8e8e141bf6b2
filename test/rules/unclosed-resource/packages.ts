import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as undici from 'undici';
import { request } from 'undici';
import type { Browser } from 'puppeteer';
import { chromium } from 'playwright-core';
import amqp from 'amqplib';
import knex from 'knex';
import { Pool } from 'pg';
import { createClient } from 'redis';
import { DataSource } from 'typeorm';

export async function withServer(check: () => Promise<void>): Promise<void> {
  const server = spawn('node', ['server.js'], { stdio: 'pipe' });
//               ^^^^^ unclosed-resource missed
//               related packages.ts:18 "leaves here with it open"
  await once(server.stdout, 'data');
  await check();
  server.kill();
}

export async function migrated(url: string, statements: readonly string[]): Promise<void> {
  const pool = new Pool({ connectionString: url });
//                 ^^^^ unclosed-resource missed
//                 related packages.ts:26 "leaves here with it open"
  for (const statement of statements) await pool.query(statement);
  await pool.end();
}

export async function tables(url: string): Promise<unknown> {
  const source = new DataSource({ type: 'postgres', url });
//                   ^^^^^^^^^^ unclosed-resource missed
//                   related packages.ts:35 "leaves here with it open"
  await source.initialize();
  const found = await source.query('select * from tables');
  await source.destroy();
  return found;
}

export async function latest(connection: string): Promise<unknown> {
  const db = knex({ client: 'pg', connection });
//           ^^^^ unclosed-resource missed
//           related packages.ts:44 "leaves here with it open"
  const found = await db('releases').first();
  await db.destroy();
  return found;
}

export async function read(key: string): Promise<unknown> {
  const client = await createClient()
//                     ^^^^^^^^^^^^ unclosed-resource missed
//                     related packages.ts:55 "leaves here with it open"
    .on('error', (error: unknown) => console.error(error))
    .connect();
  const value = await client.get(key);
  await client.quit();
  return value;
}

// The channel ends with its connection, so that there is one problem.
export async function publish(queue: string, text: string): Promise<void> {
  const connection = await amqp.connect('amqp://localhost');
//                              ^^^^^^^ unclosed-resource missed
//                              related packages.ts:65 "leaves here with it open"
  const channel = await connection.createChannel();
  await channel.assertQueue(queue);
  channel.sendToQueue(queue, Buffer.from(text));
  await channel.close();
  await connection.close();
}

export async function title(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
//                           ^^^^^^^ unclosed-resource missed
//                           related packages.ts:76 "leaves here with it open"
  await page.goto(url);
  const text = await page.title();
  await page.close();
  return text;
}

export async function shot(url: string): Promise<void> {
  const context = await chromium.launchPersistentContext('profile');
//                               ^^^^^^^^^^^^^^^^^^^^^^^ unclosed-resource missed
//                               related packages.ts:86 "leaves here with it open"
  const page = await context.newPage();
  await page.goto(url);
  await context.close();
}

export async function page(origin: string): Promise<string> {
  const client = new undici.Client(origin);
//                          ^^^^^^ unclosed-resource never
  const { body } = await client.request({ path: '/', method: 'GET' });
  return body.text();
}

export async function checked(url: string): Promise<unknown> {
  const { statusCode, body } = await request(url);
//                                   ^^^^^^^ unclosed-resource body
//                                   related packages.ts:102 "leaves here without reading it"
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return body.json();
}

export async function statusOf(url: string): Promise<number> {
  const response = await request(url);
//                       ^^^^^^^ unclosed-resource body
  return response.statusCode;
}

async function connected(): Promise<DataSource> {
  const source = new DataSource({ type: 'sqlite' });
  await source.initialize();
  return source;
}

// The helper makes it for this call.
export async function count(): Promise<unknown> {
  const created = await createSource();
//                      ^^^^^^^^^^^^ unclosed-resource missed
//                      related packages.ts:123 "leaves here with it open"
  const rows = await created.query('select count(*) from t');
  await created.destroy();
  return rows;
}

async function createSource(): Promise<DataSource> {
  return connected();
}
