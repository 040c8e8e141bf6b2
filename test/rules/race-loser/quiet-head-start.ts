/** The request is given a head start, and goes on by itself: nobody looks at who wins. */
export async function submit(endpoint: string, body: string): Promise<void> {
  await Promise.race([
    fetch(endpoint, { method: 'POST', body }).catch(() => null),
    new Promise((resolve) => {
      setTimeout(resolve, 150);
    }),
  ]);
}
