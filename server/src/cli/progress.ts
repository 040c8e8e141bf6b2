import type { Io } from './io.ts';

/** A line at the bottom of the terminal that says how far a long run has come. Silent where nobody looks. */
export interface Progress {
  /** What goes on now. */
  say(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Short runs show nothing. */
const quietMilliseconds = 700;
const betweenMilliseconds = 100;

export function startProgress(io: Pick<Io, 'stderr' | 'isTerminal' | 'env'>): Progress {
  if (!io.isTerminal.stderr || io.env['CI'] !== undefined) return { say() {}, clear() {} };
  let shown = '';
  let current = '';
  const show = (): void => {
    if (current === shown) return;
    shown = current;
    void io.stderr(`\r\u001b[2K${current}`);
  };
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, betweenMilliseconds);
    timer.unref();
  }, quietMilliseconds);
  timer.unref();
  return {
    say(text) {
      current = text;
    },
    clear() {
      clearTimeout(timer);
      clearInterval(timer);
      if (shown !== '') void io.stderr('\r\u001b[2K');
      shown = '';
    },
  };
}
