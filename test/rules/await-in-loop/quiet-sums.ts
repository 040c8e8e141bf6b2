async function load(part: string): Promise<string> {
  const response = await fetch(part);
  return response.text();
}

// A text is put together in order.
export async function joined(parts: readonly string[]): Promise<string> {
  let text = '';
  for (const part of parts) {
    const more = await load(part);
    text += more;
  }
  return text;
}

// Every round looks at the sum so far.
export async function filled(parts: readonly string[], room: number): Promise<number> {
  let size = 0;
  for (const part of parts) {
    const more = await load(part);
    if (size + more.length > room) continue;
    size += more.length;
  }
  return size;
}
