export async function nobodyAborts(url: string): Promise<Response> {
  const controller = new AbortController();
//      ^^^^^^^^^^ unreached-abort unreached
  return await fetch(url, { signal: controller.signal });
}

export async function nobodyHears(url: string): Promise<Response> {
  const controller = new AbortController();
//      ^^^^^^^^^^ unreached-abort unheard
  setTimeout(() => controller.abort(), 1000);
  return await fetch(url);
}
