import { EventEmitter } from 'eventemitter3';
import { WebSocketServer } from 'ws';

declare function route(text: string): Promise<string>;

/** None of these packages is installed: names tell what they are. */
export class Bus extends EventEmitter {
  readonly inner = new EventEmitter();

  wire(other: EventEmitter): void {
    this.on('own', async (text: string) => {
//                 ^^^^^ async-callback-ignored ignored
//                 related packages.ts:14 "can reject here"
      await route(text);
    });
    this.inner.on('inner', async (text: string) => {
//                         ^^^^^ async-callback-ignored ignored
//                         related packages.ts:19 "can reject here"
      await route(text);
    });
    other.once('other', async (text: string) => {
//                      ^^^^^ async-callback-ignored ignored
//                      related packages.ts:24 "can reject here"
      await route(text);
    });
  }
}

const bus = new Bus();
bus.on('ready', async () => {
//              ^^^^^ async-callback-ignored ignored
//              related packages.ts:33 "can reject here"
  await route('ready');
});

const server = new WebSocketServer({ port: 8080 });
server.on('connection', (socket) => {
  socket.on('message', async (data: string) => {
//                     ^^^^^ async-callback-ignored ignored
//                     related packages.ts:41 "can reject here"
    socket.send(await route(data));
  });
});
