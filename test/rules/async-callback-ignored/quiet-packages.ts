import { EventEmitter } from 'eventemitter3';
import { Hooks } from 'some-hooks';
import { WebSocketServer } from 'ws';

declare function route(text: string): Promise<string>;

/** Whoever is not known may wait. */
const hooks = new Hooks();
hooks.on('ready', async () => {
  await route('ready');
});

const server = new WebSocketServer({ port: 8080 });
server.on('connection', (socket) => {
  socket.on('message', (data: string) => {
    route(data).then(socket.send, console.error);
  });
  socket.on('close', async () => {
    try {
      await route('closed');
    } catch (error) {
      console.error(error);
    }
  });
});

export const emitter = new EventEmitter();
emitter.on('count', (count: number) => count + 1);
