async function get(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(url, signal ? { signal } : {});
  return response.arrayBuffer();
}

export async function fastest(mirrors: readonly string[], path: string): Promise<ArrayBuffer> {
  return Promise.race(mirrors.map((mirror) => get(mirror + path)));
//                                            ^^^ race-loser loser
}
