// @options {"alike": true}
import { openStream } from 'not-installed';
import { decode } from './decode.js';

export async function ping(peer, signal) {
  const options = { signal };
  const stream = await openStream(peer, options);
  await stream.write('ping', options);
  const answer = await stream.read(options);
  await stream.unwrap().close();
//                      ^^^^^ unforwarded-signal alike
//                      related alike.js:8 "this call is given it"
  return answer;
}

// One other call says too little.
export async function send(peer, signal) {
  const stream = await openStream(peer);
  await stream.write('hello', signal);
  await stream.close();
}

// Nobody waits for it, and what a `finally` ends is to be ended.
export async function receive(peer, signal) {
  const stream = await openStream(peer);
  try {
    const first = await stream.read(signal);
    const second = await stream.read(signal);
    stream.acknowledge();
    return decode(first, second);
  } finally {
    await stream.close();
  }
}

// An object that is written at each call.
export async function read(address, signal) {
  const client = await openStream(address);
  await client.write('read', { signal });
  const text = await client.read('a', { signal });
  await client.end();
//             ^^^ unforwarded-signal alike
//             related alike.js:39 "this call is given it"
  return text;
}
