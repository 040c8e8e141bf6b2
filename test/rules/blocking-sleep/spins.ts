export async function pause(ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {}
//^^^^^ blocking-sleep spin
}

export async function since(ms: number): Promise<void> {
  const start = performance.now();
  while (performance.now() - start <= ms);
//^^^^^ blocking-sleep spin
}

// A loop blocks whoever calls its function.
export function wait(ms: number): void {
  const start = new Date().getTime();
  let now = start;
  while (now < start + ms) {
//^^^^^ blocking-sleep spin
    now = new Date().getTime();
  }
  do {} while (Number(new Date()) < start);
//^^ blocking-sleep spin
  for (;;) {
//^^^ blocking-sleep spin
    if (Date.now() > start + ms) break;
  }
  for (let i = 0; Date.now() < start; i++) {}
//^^^ blocking-sleep spin
}
