/** None of these is installed. Each waits for the promise that a handler gives, or hands its rejection to its own handler. */
import { Queue } from 'bull';
import { Worker } from 'bullmq';
import { ipcMain } from 'electron';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import Router from '@koa/router';
import { initTRPC } from '@trpc/server';
import { onMounted, watch, watchEffect } from 'vue';
import { expect, test } from '@playwright/test';
import { save } from './lib.ts';

const fastify = Fastify();
fastify.get('/', async (request: { id: string }) => save(request.id));
fastify.addHook('onRequest', async (request: { id: string }) => save(request.id));
fastify.register(async () => save('plugin'));
fastify.setErrorHandler(async (error: Error) => save(error.message));

const koa = new Koa();
koa.use(async (context: { id: string }, next: () => Promise<void>) => {
  await save(context.id);
  await next();
});
new Router().get('/', async (context: { id: string }) => save(context.id));

const hono = new Hono();
hono.get('/', async (context: { id: string }) => save(context.id));
hono.use(async (_context: unknown, next: () => Promise<void>) => next());

export const worker = new Worker('jobs', async (job: { id: string }) => save(job.id));
new Queue('jobs').process(async (job: { id: string }) => save(job.id));

ipcMain.handle('save', async (_event: unknown, id: string) => save(id));

const trpc = initTRPC.create();
export const procedure = trpc.procedure.query(async ({ input }: { input: string }) => save(input));

onMounted(async () => save('mounted'));
watchEffect(async () => save('effect'));
watch(
  () => 1,
  async () => save('watched'),
);

test.beforeEach(async () => save('before'));
test('saves', async ({ page }: { page: { route(url: string, handler: () => Promise<void>): Promise<void> } }) => {
  await page.route('**', async () => save('route'));
  expect(1).toBe(1);
});
