declare function load(id: string): Promise<string>;

export async function name(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  return id.trim();
}

export const trimmed = load('a').then((text) => text.trim());

export const checked = load('a').then((text) => {
  if (text === '') throw new Error('empty');
  return { text };
});

export const given = load('a').catch(() => ({ text: '' }));
