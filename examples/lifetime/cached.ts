async function connect(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no connection: ${response.status}`);
  return response;
}

let connection: Promise<Response> | undefined;

// After one failure, every later caller gets the same rejected promise.
export function shared() {
  connection ??= connect('https://example.org');
  return connection;
}
