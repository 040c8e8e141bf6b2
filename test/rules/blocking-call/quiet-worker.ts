import fs from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

parentPort?.on('message', async () => {
  parentPort?.postMessage(fs.readFileSync(workerData.path));
});
