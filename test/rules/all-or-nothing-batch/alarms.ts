export async function saveAll(urls: readonly string[]): Promise<void> {
  const pages = await Promise.all(urls.map((url) => fetch(url)));
//                            ^^^ all-or-nothing-batch oneForAll
  for (const page of pages) {
    await save(page);
  }
}

export async function sendAll(urls: readonly string[]): Promise<void> {
  const pages = await Promise.all(
//                            ^^^ all-or-nothing-batch oneForAll
    urls.map(async (url) => {
      const response = await fetch(url);
      return response.text();
    }),
  );
  pages.forEach((page) => send(page));
}

declare function save(page: Response): Promise<void>;
declare function send(text: string): void;
