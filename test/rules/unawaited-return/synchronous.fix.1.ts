async function load(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  await fetch(id);
  return id;
}

export async function neverCaught(id: string): Promise<string> {
  try {
    return await load(id);
  } catch (error) {
    console.error(error);
    return Promise.resolve('');
  }
}

export async function optionalModule(): Promise<unknown> {
  try {
    return await import('node:sqlite');
  } catch {
    return Promise.resolve(undefined);
  }
}

export async function chained(id: string): Promise<number> {
  try {
    return await load(id).then((text) => text.length);
  } catch {
    return Promise.resolve(0);
  }
}
