export async function pause(ms: number): Promise<void> {
  const end = Date.now() + ms;
  await new Promise((resolve) => setTimeout(resolve, end - Date.now()));
}

export async function since(ms: number): Promise<void> {
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, ms - (performance.now() - start)));
}

// A loop blocks whoever calls its function.
export function wait(ms: number): void {
  const start = new Date().getTime();
  let now = start;
  while (now < start + ms) {
    now = new Date().getTime();
  }
  do {} while (Number(new Date()) < start);
  for (;;) {
    if (Date.now() > start + ms) break;
  }
  for (let i = 0; Date.now() < start; i++) {}
}
