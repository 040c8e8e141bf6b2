import { isMainThread, parentPort } from 'node:worker_threads';

export async function serve(lock: Int32Array): Promise<void> {
  Atomics.wait(lock, 0, 0);
  const end = Date.now() + 10;
  while (Date.now() < end) {}
  parentPort?.postMessage(isMainThread);
}
