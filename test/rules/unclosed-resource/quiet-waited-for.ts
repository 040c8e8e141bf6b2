// Waits for an event of a socket, whoever causes it.
function waitFor(socket: WebSocket, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    socket.addEventListener(event, resolve, { once: true });
  });
}

// The other side closes it, and that is what is waited for.
export async function refused(address: string): Promise<void> {
  const socket = new WebSocket(`${address}/?version=none`);
  await waitFor(socket, 'close');
  const second = new WebSocket(`${address}/?version=abc`);
  second.send('hello');
  await waitFor(second, 'close');
}
