declare function query(sql: string, options?: { readonly signal?: AbortSignal }): Promise<readonly string[]>;

interface Closing {
  on(event: 'close', listener: () => void): void;
}

/** Aborted when the other side goes away, and given to nobody. */
export async function handle(response: Closing): Promise<readonly string[]> {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  return await query('select 1');
//             ^^^^^ unforwarded-signal unforwarded
//             related unheard.ts:9 "the signal comes from here"
}

export function effect(url: string, show: (text: string) => void): () => void {
  const controller = new AbortController();
  const load = async (): Promise<void> => {
    const response = await fetch(url);
//                         ^^^^^ unforwarded-signal unforwarded
//                         related unheard.ts:17 "the signal comes from here"
    const text = await response.text();
    if (!controller.signal.aborted) show(text);
  };
  load().catch(console.error);
  return () => controller.abort();
}

export async function deadline(url: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 5000);
  try {
    const response = await fetch(url);
//                         ^^^^^ unforwarded-signal unforwarded
//                         related unheard.ts:30 "the signal comes from here"
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}

/** A signal that nobody can abort. */
export async function placeholder(sql: string, signal: AbortSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  return await query(sql, { signal: new AbortController().signal });
//             ^^^^^ unforwarded-signal unforwarded
//             related unheard.ts:43 "the signal comes from here"
}

export async function optionalPlaceholder(sql: string, signal?: AbortSignal): Promise<readonly string[]> {
  signal?.throwIfAborted();
  return await query(sql, { signal: new AbortController().signal });
//             ^^^^^ unforwarded-signal unforwarded
//             related unheard.ts:50 "the signal comes from here"
}

/** Not waited for, and a controller is there for nothing else. */
export function chained(url: string, show: (text: string) => void): () => void {
  const controller = new AbortController();
  fetch(url)
//^^^^^ unforwarded-signal unforwarded
// related unheard.ts:59 "the signal comes from here"
    .then((response) => response.text())
    .then(show)
    .catch(console.error);
  return () => controller.abort();
}
