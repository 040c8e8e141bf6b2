import { get } from 'node:https';
import axios from 'axios';

export async function price(id: string): Promise<unknown> {
  const response = await fetch(`https://shop.example/prices/${id}`, { signal: AbortSignal.timeout(5000) });
  return await response.json();
}

export async function forwarded(url: string, init: RequestInit): Promise<Response> {
  await fetch(url, { ...init });
  return await fetch(url, init);
}

// The signal in scope comes first.
export async function cancellable(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(url);
  return signal.aborted ? 0 : response.status;
}

export async function user(id: string): Promise<unknown> {
  return (await axios.get(`https://shop.example/users/${id}`, { timeout: 1000 })).data;
}

export function page(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => resolve(String(response.statusCode)))
      .on('error', reject)
      .setTimeout(1000);
  });
}

export async function local(): Promise<Response> {
  const byId = new Map<string, Response>();
  return byId.get('a') ?? (await fetch(new URL('./data.json', import.meta.url)));
}

async function main(): Promise<void> {
  console.log((await fetch('https://shop.example')).status);
}
void main();

export function passedOn(...args: Parameters<typeof fetch>): Promise<Response> {
  return fetch(...args);
}

export async function withCookies(url: string): Promise<Response> {
  return await fetch(url, { credentials: 'include' });
}
