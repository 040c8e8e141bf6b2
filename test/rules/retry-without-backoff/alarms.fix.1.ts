import { setTimeout as sleep2 } from 'node:timers/promises';

export async function atOnce(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(error);
      await sleep2(100 * 2 ** attempt);
    }
  }
  throw new Error('gave up');
}

export async function forEver(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
    } catch {
      console.error('once more');
    }
  }
}

export async function endless(url: string): Promise<Response> {
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return response;
    } catch {
      await sleep(1000);
    }
  }
}

export async function counted(url: string): Promise<Response> {
  let attempts = 0;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      attempts += 1;
      if (attempts > 3) throw error;
      await sleep2(1_000);
    }
  }
}

declare function sleep(milliseconds: number): Promise<void>;
