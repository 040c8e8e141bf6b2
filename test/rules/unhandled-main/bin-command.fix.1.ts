#!/usr/bin/env node
import { build } from './lib.ts';

export const name = 'build';

await build(process.argv[2] ?? '');
