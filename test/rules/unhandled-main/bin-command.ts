#!/usr/bin/env node
import { build } from './lib.ts';

export const name = 'build';

build(process.argv[2] ?? '');
// <0 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
