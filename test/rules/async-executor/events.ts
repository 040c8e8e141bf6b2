/** What a timer or a listener throws is lost, also where it does not settle the promise itself. */
export function deadline(ms: number): Promise<never> {
  return new Promise((_resolve, _reject) => {
    setTimeout(() => {
      throw new Error(`Timed out after ${ms} ms`);
//    ^^^^^ async-executor lostThrow
    }, ms);
  });
}

export function loadImage(src: string): Promise<HTMLImageElement> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => {
      throw new Error(`Cannot load ${src}`);
//    ^^^^^ async-executor lostThrow
    };
    image.src = src;
  });
}

/** Nobody has been given a name yet. */
export function once(target: EventTarget, type: string, signal: AbortSignal): Promise<Event> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return;
//                      ^^^^^^ async-executor unsettledPath
    target.addEventListener(type, resolve, { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
