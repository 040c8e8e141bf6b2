import { weigh } from 'not-installed';

async function weight(item) {
  return weigh(item);
}

export function ordered(items) {
  return items.sort(async (a, b) => (await weight(a)) - (await weight(b)));
//                  ^^^^^ async-callback-ignored comparator
}

export async function sortedByLibrary(items) {
  return await items.sort(async (a, b) => (await weight(a)) - (await weight(b)));
}

export async function total(files) {
  return files.reduce(async (sum, file) => sum + (await weigh(file)), 0);
//                           ^^^ async-callback-ignored accumulator
}
