/** Nobody knows what the elements are: what is fetched is taken to be an address. */
export async function load(urls, { signal } = {}) {
  const texts = [];
  for (const url of urls) {
    signal?.throwIfAborted();
    const response = await fetch(url);
//                         ^^^^^ unforwarded-signal unforwarded
//                         related unknown-address.js:2 "the signal comes from here"
    texts.push(await response.text());
  }
  return texts;
}

/** A request may bring its signal along. */
export async function send(requests, { signal } = {}) {
  signal?.throwIfAborted();
  for (const request of requests) await fetch(request);
}
