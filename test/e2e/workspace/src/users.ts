export async function saveUser(name: string): Promise<string> {
  if (name === '') throw new Error('A user needs a name.');
  return name.trim();
}
