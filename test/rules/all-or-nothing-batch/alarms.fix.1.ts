export async function saveAll(urls: readonly string[]): Promise<void> {
  const pages = await Promise.allSettled(urls.map((url) => fetch(url)));
  for (const outcome of pages) {
    if (outcome.status === 'rejected') {
      console.error(outcome.reason);
      continue;
    }
    const page = outcome.value;
    await save(page);
  }
}

export async function sendAll(urls: readonly string[]): Promise<void> {
  const pages = await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url);
      return response.text();
    }),
  );
  pages.forEach((page) => send(page));
}

declare function save(page: Response): Promise<void>;
declare function send(text: string): void;
