#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { commandNames } from './commands.ts';
import { inRoomyThread } from './roomy-thread.ts';

/**
 * The command line's entry. What may take long, which is to check, runs in a thread with room for short-lived objects;
 * everything else where it is. Nothing that is large is loaded before that is decided.
 */
const [command] = process.argv.slice(2);
const isShort = command !== undefined && command !== 'check' && commandNames.some((name) => name === command);

if (isMainThread && !isShort) {
  process.exitCode = await inRoomyThread(fileURLToPath(import.meta.url));
} else {
  const { runHere } = await import('./run-here.ts');
  process.exit(await runHere());
}
