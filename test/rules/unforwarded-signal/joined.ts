export async function deadline(url: string, signal: AbortSignal): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.timeout(1000) });
//             ^^^^^ unforwarded-signal timeoutOnly
//             related joined.ts:1 "the signal comes from here"
}

export async function maybe(url: string, signal?: AbortSignal): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.timeout(1000) });
//             ^^^^^ unforwarded-signal timeoutOnly
//             related joined.ts:7 "the signal comes from here"
}
