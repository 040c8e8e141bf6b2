/** Work that can fail. */
export async function save(id?: string): Promise<void> {
  if (id === '') throw new Error('no id');
}

export async function exists(id: string): Promise<boolean> {
  if (id === '') throw new Error('no id');
  return true;
}

export async function size(id: string): Promise<number> {
  if (id === '') throw new Error('no id');
  return id.length;
}

export function report(error: unknown): void {
  console.error(error);
}
