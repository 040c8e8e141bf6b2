import { fileURLToPath } from 'node:url';

/** The checkout's root folder, with no separator at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
