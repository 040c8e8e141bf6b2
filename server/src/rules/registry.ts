import type { Rule } from './define.ts';

/** Every rule of the product, in the order of the catalogue. */
export const allRules: readonly Rule[] = [];
