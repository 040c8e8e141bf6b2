export function after(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
//^^^^^^^^^^ hand-made-timeout-signal timeout
  return controller.signal;
}

export function bound(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(controller.abort.bind(controller), ms);
//^^^^^^^^^^ hand-made-timeout-signal timeout
  return controller.signal;
}

export function either(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
//         ^^^^^^^^^^^^^^^^ hand-made-timeout-signal linked
  }
  return controller.signal;
}

export function released(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error(`timed out after ${ms} ms`)), ms).unref();
//^^^^^^^^^^ hand-made-timeout-signal timeout
  return controller.signal;
}

export async function named(url: string, outer: AbortSignal): Promise<string> {
  const controller = new AbortController();
  const onAbort = () => controller.abort(outer.reason);
  outer.addEventListener('abort', onAbort, { once: true });
//      ^^^^^^^^^^^^^^^^ hand-made-timeout-signal linked
  try {
    return await (await fetch(url, { signal: controller.signal })).text();
  } finally {
    outer.removeEventListener('abort', onAbort);
  }
}
