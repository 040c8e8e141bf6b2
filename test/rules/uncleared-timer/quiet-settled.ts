import type { EventEmitter } from 'node:events';

function exited(child: EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
}

// What is waited for cannot reject.
export async function stop(child: EventEmitter, kill: () => void): Promise<void> {
  const exit = exited(child);
  const timer = setTimeout(kill, 5000);
  await exit;
  clearTimeout(timer);
}
