export async function allAreNeeded(urls: readonly string[]): Promise<number> {
  const pages = await Promise.all(urls.map((url) => fetch(url)));
  let sum = 0;
  for (const page of pages) sum += page.status;
  return sum;
}

export async function givenBack(urls: readonly string[]): Promise<readonly Response[]> {
  const pages = await Promise.all(urls.map((url) => fetch(url)));
  return pages;
}

export async function settled(urls: readonly string[]): Promise<void> {
  const pages = await Promise.allSettled(urls.map((url) => fetch(url)));
  for (const page of pages) {
    if (page.status === 'fulfilled') await save(page.value);
  }
}

export async function handled(urls: readonly string[]): Promise<void> {
  const pages = await Promise.all(urls.map((url) => fetch(url).catch(() => undefined)));
  for (const page of pages) {
    if (page) await save(page);
  }
}

export async function computed(names: readonly string[]): Promise<void> {
  const longer = await Promise.all(names.map(async (name) => decorate(name)));
  for (const name of longer) send(name);
}

async function decorate(name: string): Promise<string> {
  await Promise.resolve();
  return `${name}!`;
}

declare function save(page: Response): Promise<void>;
declare function send(text: string): void;
