export async function load(id: string, options?: { readonly signal?: AbortSignal }): Promise<string> {
  options?.signal?.throwIfAborted();
  return id;
}

export async function plain(id: string): Promise<string> {
  return id;
}
