import { readFileSync } from 'node:fs';

declare const schema: { parse(value: unknown): string };

async function check(value: unknown): Promise<void> {
  await null;
  schema.parse(value);
}

async function read(file: string): Promise<string> {
  return readFileSync(file, 'utf8');
}

export function start(): void {
  check(1);
//^^^^^^^^ floating-promise dropped
// related still-throws.ts:7 "can reject here"
  read('settings');
//^^^^^^^^^^^^^^^^ floating-promise dropped
// related still-throws.ts:11 "can throw here"
}
