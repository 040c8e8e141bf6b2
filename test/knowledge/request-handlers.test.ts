import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import data from '../../server/src/knowledge/request-handlers.json' with { type: 'json' };
import { requestHandlers } from '../../server/src/knowledge/request-handlers.ts';

const { isRequestType, isServingEmitter, isServingEvent, mayTakeHandler, takesCommand, takesRequestHandler } =
  requestHandlers;

const names = z.strictObject({ modules: z.array(z.string()).min(1), names: z.array(z.string()).min(1) });
const shape = z.strictObject({
  handlers: z.array(names),
  emitters: z.strictObject({
    modules: z.array(z.string()),
    types: z.array(z.string()),
    methods: z.array(z.string()),
    notEvents: z.array(z.string()),
  }),
  listeners: z.strictObject({
    modules: z.array(z.string()),
    methods: z.array(z.string()),
    notEvents: z.array(z.string()),
  }),
  requestTypes: z.array(names),
  decorators: z.array(names),
  commands: z.array(names),
});

describe('request handlers', () => {
  it('have the shape that the loader takes for granted', () => {
    expect(shape.parse(data)).toEqual(data);
  });

  it('are known by the function that takes them', () => {
    expect(takesRequestHandler([{ module: 'node:http', path: ['createServer'] }])).toBe(true);
    expect(takesRequestHandler([{ module: 'express', path: ['get'] }])).toBe(true);
    expect(takesRequestHandler([{ module: 'express', path: ['json'] }])).toBe(false);
    expect(takesRequestHandler([{ module: 'node:http', path: [] }])).toBe(false);
    expect(mayTakeHandler('createServer')).toBe(true);
    expect(mayTakeHandler('toString')).toBe(false);
  });

  it('are known by the types of requests, wherever these are declared', () => {
    const inNode = {
      name: 'IncomingMessage',
      file: '/p/node_modules/@types/node/http.d.ts',
      from: 'package',
      packageName: '@types/node',
    } as const;
    expect(isRequestType(inNode)).toBe(true);
    expect(isRequestType({ ...inNode, name: 'Agent' })).toBe(false);
    expect(
      isRequestType({
        name: 'FastifyRequest',
        file: '/p/node_modules/fastify/types/request.d.ts',
        from: 'package',
        packageName: 'fastify',
      }),
    ).toBe(true);
    expect(isRequestType({ name: 'Request', file: '/p/src/request.ts', from: 'project' })).toBe(false);
  });

  it('are listeners of servers while these are at work', () => {
    const socket = {
      name: 'Socket',
      file: '/p/node_modules/@types/node/net.d.ts',
      from: 'package',
      packageName: '@types/node',
    } as const;
    expect(isServingEmitter(socket)).toBe(true);
    expect(
      isServingEmitter({ ...socket, name: 'ChildProcess', file: '/p/node_modules/@types/node/child_process.d.ts' }),
    ).toBe(false);
    expect(isServingEvent('on', 'data')).toBe(true);
    expect(isServingEvent('on', 'close')).toBe(false);
    expect(isServingEvent('emit', 'data')).toBe(false);
  });

  it('are no commands, and commands no handlers', () => {
    expect(takesCommand([{ module: 'commander', path: ['Command', 'action'] }])).toBe(true);
    expect(takesCommand([{ module: 'express', path: ['get'] }])).toBe(false);
  });
});
