// Change this file and look at button.ts beside it: nothing has to be saved or restarted.
//  1. Take `async` and the promise of the return type away: there is no promise to forget any more.
//  2. Undo, and put a `try … catch {}` around the line that throws: there is a promise, and it never rejects.

export async function save(text: string): Promise<void> {
  if (text === '') throw new Error('There is nothing to save.');
}
