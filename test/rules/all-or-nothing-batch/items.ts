declare function save(feed: string): Promise<void>;

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(url);
  return response.text();
}

export async function refresh(urls: readonly string[]): Promise<number> {
  const feeds = await Promise.all(urls.map(read));
//                            ^^^ all-or-nothing-batch oneForAll
  for (const feed of feeds) await save(feed);
  return feeds.length;
}

export async function report(services: readonly string[]): Promise<void> {
  const states = await Promise.all(services.map(read));
//                             ^^^ all-or-nothing-batch oneForAll
  for (const [index, state] of states.entries()) console.log(services[index], state);
}

export async function looked(urls: readonly string[]): Promise<void> {
  const pages = await Promise.all(urls.map(read));
//                            ^^^ all-or-nothing-batch oneForAll
  for (const page of pages) await fetch(`/check?text=${page}`);
}
