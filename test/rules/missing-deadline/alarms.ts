import { get } from 'node:https';
import axios from 'axios';

export async function price(id: string): Promise<unknown> {
  const response = await fetch(`https://shop.example/prices/${id}`);
//                       ^^^^^ missing-deadline unbounded
  return await response.json();
}

export async function order(body: string): Promise<number> {
  const response = await fetch('https://shop.example/orders', { method: 'POST', body });
//                       ^^^^^ missing-deadline unbounded
  return response.status;
}

export async function user(id: string): Promise<unknown> {
  return (await axios.get(`https://shop.example/users/${id}`)).data;
//                    ^^^ missing-deadline unbounded
}

export function page(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => resolve(String(response.statusCode))).on('error', reject);
//  ^^^ missing-deadline unbounded
  });
}
