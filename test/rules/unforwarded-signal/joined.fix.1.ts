export async function deadline(url: string, signal: AbortSignal): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]) });
}

export async function maybe(url: string, signal?: AbortSignal): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.any([AbortSignal.timeout(1000), ...(signal ? [signal] : [])]) });
}
