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

// A function of somebody else, who may count on the order.
export async function withStats(
  handlers: readonly { data: string }[],
  config: { statsHandler(handler: { data: string }): Promise<string> },
): Promise<void> {
  for (const handler of handlers) handler.data = await config.statsHandler(handler);
}
