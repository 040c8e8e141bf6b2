import { countUsers, saveUser } from './users.ts';

// A promise is truthy whatever it resolves to: the branch always runs.
export function warnIfEmpty() {
  if (!countUsers()) {
    console.warn('There are no users.');
  }
}

// The text reads "Saved [object Promise]".
export function describeSave(name: string) {
  return `Saved ${saveUser(name)}`;
}
