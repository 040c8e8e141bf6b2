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
//           ^^^^^ async-callback-ignored request
//           related frameworks.ts:15 "can reject here"
//           related lib.ts:3 "can throw here"
  await save(request.id);
});
app.use(async (request: { id: string }) => {
//      ^^^^^ async-callback-ignored request
//      related frameworks.ts:21 "can reject here"
//      related lib.ts:3 "can throw here"
  await save(request.id);
});

const router = express.Router();
router.post('/', async (request: { id: string }) => {
//               ^^^^^ async-callback-ignored request
//               related frameworks.ts:29 "can reject here"
//               related lib.ts:3 "can throw here"
  await save(request.id);
});

connect().use(async (request: { id: string }) => {
//            ^^^^^ async-callback-ignored request
//            related frameworks.ts:36 "can reject here"
//            related lib.ts:3 "can throw here"
  await save(request.id);
});

polka().get('/', async (request: { id: string }) => {
//               ^^^^^ async-callback-ignored request
//               related frameworks.ts:43 "can reject here"
//               related lib.ts:3 "can throw here"
  await save(request.id);
});

const io = new Server();
io.use(async (socket: { id: string }) => {
//     ^^^^^ async-callback-ignored ignored
//     related frameworks.ts:51 "can reject here"
//     related lib.ts:3 "can throw here"
  await save(socket.id);
});

onMount(async () => {
//      ^^^^^ async-callback-ignored ignored
//      related frameworks.ts:58 "can reject here"
//      related lib.ts:3 "can throw here"
  await save('mounted');
});
