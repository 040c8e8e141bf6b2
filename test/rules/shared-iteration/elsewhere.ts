import { notify } from './lib';
import { players } from './lib-players';

export async function saveAll(): Promise<void> {
  for (const player of players) {
//                     ^^^^^^^ shared-iteration shifted
//                     related elsewhere.ts:5 "1 takes an element of `players`"
//                     related elsewhere.ts:11 "2 waits here, and other tasks run"
//                     related lib-players.ts:4 "3 `kick` changes `players`"
//                     related elsewhere.ts:5 "4 takes the next element of what is there now"
    await notify(player);
  }
}

const frontier: string[] = [];

export function discover(url: string): void {
  frontier.unshift(url);
}

export async function visitAll(): Promise<void> {
  let at = 0;
  while (at < frontier.length) {
//            ^^^^^^^^ shared-iteration shifted
//            related elsewhere.ts:23 "1 takes an element of `frontier`"
//            related elsewhere.ts:29 "2 waits here, and other tasks run"
//            related elsewhere.ts:18 "3 `discover` changes `frontier`"
//            related elsewhere.ts:23 "4 takes the next element of what is there now"
    await notify(frontier[at] ?? '');
    at += 1;
  }
}

const hooks: string[] = [];

export function onShutdown(hook: string): () => void {
  hooks.push(hook);
  return () => {
    hooks.splice(hooks.indexOf(hook), 1);
  };
}

export async function shutdown(): Promise<void> {
  for (const hook of hooks) {
//                   ^^^^^ shared-iteration shifted
//                   related elsewhere.ts:44 "1 takes an element of `hooks`"
//                   related elsewhere.ts:50 "2 waits here, and other tasks run"
//                   related elsewhere.ts:39 "3 another function changes `hooks`"
//                   related elsewhere.ts:44 "4 takes the next element of what is there now"
    await notify(hook);
  }
}
