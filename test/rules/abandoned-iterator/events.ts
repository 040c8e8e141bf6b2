import { type EventEmitter, on } from 'node:events';

export async function firstTwo(source: EventEmitter): Promise<unknown[]> {
  const events = on(source, 'data');
  const first = await events.next();
//                           ^^^^ abandoned-iterator byHand
  const second = await events.next();
  return [first.value, second.value];
}

export async function firstOne(source: EventEmitter): Promise<unknown> {
  const events = on(source, 'data');
  try {
    return (await events.next()).value;
  } finally {
    await events.return?.();
  }
}
