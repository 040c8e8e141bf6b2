import { reload } from './lib-service.ts';

export async function onChange(): Promise<void> {
  await reload();
}
