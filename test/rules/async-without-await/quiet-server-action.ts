'use server';

export async function increment(count: number): Promise<number> {
  return count + 1;
}
