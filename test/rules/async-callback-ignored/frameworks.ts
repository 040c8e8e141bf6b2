/** None of these is installed. What each does with a promise that a handler gives is known by its name. */
import connect from 'connect';
import express from 'express';
import polka from 'polka';
import { Server } from 'socket.io';
import { onMount } from 'svelte';
import { save } from './lib.ts';

// No manifest says which version it is: Express is taken for the one that drops promises.
const app = express();
app.get('/', async (request: { id: string }) => {
  //         ^^^^^ async-callback-ignored request
  await save(request.id);
});
app.use(async (request: { id: string }) => {
  //    ^^^^^ async-callback-ignored request
  await save(request.id);
});

const router = express.Router();
router.post('/', async (request: { id: string }) => {
  //             ^^^^^ async-callback-ignored request
  await save(request.id);
});

connect().use(async (request: { id: string }) => {
  //          ^^^^^ async-callback-ignored request
  await save(request.id);
});

polka().get('/', async (request: { id: string }) => {
  //             ^^^^^ async-callback-ignored request
  await save(request.id);
});

const io = new Server();
io.use(async (socket: { id: string }) => {
  //   ^^^^^ async-callback-ignored ignored
  await save(socket.id);
});

onMount(async () => {
  //    ^^^^^ async-callback-ignored ignored
  await save('mounted');
});
