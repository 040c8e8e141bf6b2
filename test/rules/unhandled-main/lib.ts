export async function build(target: string): Promise<void> {
  if (target === '') throw new Error('No target.');
}
