import { notify } from './lib';

let hooks: string[] = [];

export function onShutdown(hook: string): () => void {
  hooks.push(hook);
  return () => {
    hooks.splice(hooks.indexOf(hook), 1);
  };
}

/** Nobody else has the list that is looped over. */
export async function shutdown(): Promise<void> {
  const pending = hooks;
  hooks = [];
  for (const hook of pending) {
    await notify(hook);
  }
}

/** Whoever is asked as long as there is something has no index that could be wrong. */
export async function drain(): Promise<void> {
  while (0 < hooks.length) {
    await notify(hooks.shift() ?? '');
  }
}
