#!/usr/bin/env node
import { build } from './lib.ts';

export const name = 'build';

build(process.argv[2] ?? '').catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
