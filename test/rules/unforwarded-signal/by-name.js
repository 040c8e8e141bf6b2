import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import axios from 'axios';
import got from 'got';

export class Model {
  client = new BedrockRuntimeClient({});

  async generate(command, signal) {
    return await this.client.send(command);
//                           ^^^^ unforwarded-signal unforwarded
//                           related by-name.js:8 "the signal comes from here"
  }
}

export async function get(url, { signal }) {
  return await axios.get(url);
//                   ^^^ unforwarded-signal unforwarded
//                   related by-name.js:15 "the signal comes from here"
}

export async function page(url, { signal }) {
  return await got(url, { retry: 2 });
//             ^^^ unforwarded-signal unforwarded
//             related by-name.js:21 "the signal comes from here"
}

export async function cancelled(url, { signal }) {
  return await axios.get(url, { signal });
}
