/** What the other fixtures drop. */
export interface User {
  readonly id: string;
}

export async function save(user: User): Promise<void> {
  const response = await fetch('/users', { method: 'POST', body: JSON.stringify(user) });
  if (!response.ok) throw new Error(response.statusText);
}

export async function load(id: string): Promise<User> {
  if (id === '') throw new Error('No id.');
  return { id };
}

/** Never rejects: everything that can fail is caught. */
export async function report(text: string): Promise<void> {
  try {
    await fetch('/log', { method: 'POST', body: text });
  } catch (error) {
    console.error(error);
  }
}

export async function* pages(): AsyncGenerator<User> {
  yield await load('1');
}
