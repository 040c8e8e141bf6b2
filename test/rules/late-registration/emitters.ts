import { EventEmitter } from 'node:events';
import { load, log } from './lib.ts';

class Job extends EventEmitter {
  start(): void {
    setTimeout(() => this.finish(), 10);
  }

  async run(): Promise<void> {
    await load();
    this.emit('done');
  }

  private finish(): void {
    this.emit('done');
  }
}

function startJob(): EventEmitter {
  const job = new EventEmitter();
  setTimeout(() => job.emit('done'), 10);
  return job;
}

export async function started(): Promise<void> {
  const job = new Job();
  job.start();
  await load();
  job.on('done', log);
//    ^^ late-registration missed
//    related emitters.ts:28 "waits here"
}

export async function made(): Promise<void> {
  const job = startJob();
  await load();
  job.once('done', log);
//    ^^^^ late-registration missed
//    related emitters.ts:36 "waits here"
}

export async function ran(): Promise<void> {
  const job = new Job();
  await job.run();
  job.on('done', log);
//    ^^ late-registration missed
//    related emitters.ts:44 "waits here"
}

// It has not been told to do anything yet.
export async function later(): Promise<void> {
  const job = new Job();
  await load();
  job.on('done', log);
  job.start();
}

// Another event, which it never has by itself.
export async function other(): Promise<void> {
  const job = startJob();
  job.on('done', log);
  await load();
  job.on('paused', log);
}

export async function emittedHere(): Promise<void> {
  const emitter = new EventEmitter();
  setTimeout(() => emitter.emit('ready'), 0);
  await load();
  emitter.on('ready', log);
//        ^^ late-registration missed
//        related emitters.ts:69 "waits here"
}
