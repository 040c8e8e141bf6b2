// What these promises stand for runs already.
export async function withAnswers(groups: readonly Map<string, Promise<string>>[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const group of groups) {
    const answers = Array.from(group.values());
    const settled = await Promise.allSettled(answers);
    found.push(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  }
  return found;
}
