let calls = 0;

export function call(): void {
  calls++;
}

// Where clocks stand still, only promises run anyway.
export async function flush(): Promise<void> {
  while (calls < 3) await Promise.resolve();
}
