import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Connection, createConnection } from 'mysql2/promise';
import { Kafka } from 'kafkajs';
import amqp from 'amqplib';
import type { BrowserContext } from 'playwright-core';
import puppeteer from 'puppeteer';
import { Worker } from 'node:worker_threads';
import { request } from 'undici';

// It ends by itself, and somebody waits for that.
export async function list(): Promise<number> {
  const child = spawn('ls', ['-l'], { stdio: 'inherit' });
  const timer = setTimeout(() => child.kill(), 1000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return code;
}

// Made to listen for as long as the program runs.
export async function listen(brokers: string[]): Promise<void> {
  const consumer = new Kafka({ brokers }).consumer({ groupId: 'g' });
  await consumer.connect();
  await consumer.subscribe({ topic: 't' });
  await consumer.run({ eachMessage: async () => undefined });
}

export async function consume(queue: string, take: (text: string) => void): Promise<void> {
  const connection = await amqp.connect('amqp://localhost');
  const channel = await connection.createChannel();
  await channel.consume(queue, (message: { content: Buffer }) => take(message.content.toString()));
}

// The class keeps it, so that each call only borrows it.
export class Database {
  private connection: Promise<Connection> | undefined;
  private current: Connection | undefined;

  private connect(): Promise<Connection> {
    this.connection ??= createConnection('mysql://localhost');
    return this.connection;
  }

  private async open(): Promise<Connection> {
    if (!this.current) this.current = await createConnection('mysql://localhost');
    return this.current;
  }

  async run(sql: string): Promise<unknown> {
    const connection = await this.connect();
    const [rows] = await connection.execute(sql);
    return rows;
  }

  async all(sql: string): Promise<unknown> {
    const connection = await this.open();
    return connection.query(sql);
  }
}

let shared: Promise<Connection> | undefined;

async function connect(): Promise<Connection> {
  const made = createConnection('mysql://localhost');
  shared = made;
  return made;
}

export async function again(): Promise<unknown> {
  const connection = await connect();
  return [await connection.query('select 1'), shared];
}

// The pages end with the browser.
export async function titles(urls: readonly string[]): Promise<string[]> {
  const browser = await puppeteer.launch();
  try {
    const found: string[] = [];
    for (const url of urls) {
      const page = await browser.newPage();
      await page.goto(url);
      found.push(await page.title());
    }
    return found;
  } finally {
    await browser.close();
  }
}

export async function done(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('about:blank');
  await context.close();
}

export async function read(url: string): Promise<unknown> {
  const { statusCode, body } = await request(url);
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`status ${statusCode}`);
  }
  return body.json();
}

export async function whole(url: string): Promise<unknown> {
  const response = await request(url);
  if (response.statusCode === 204) return response;
  return response.body.json();
}

// What fails closes itself.
export async function asked(url: string): Promise<string> {
  const worker = new Worker(url);
  worker.postMessage(url);
  const [answer] = await once(worker, 'message');
  await worker.terminate();
  return answer;
}
