import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import axios from 'axios';
import got from 'got';

export class Model {
  client = new BedrockRuntimeClient({});

  async generate(command, signal) {
    return await this.client.send(command, { abortSignal: signal });
  }
}

export async function get(url, { signal }) {
  return await axios.get(url, { signal });
}

export async function page(url, { signal }) {
  return await got(url, { retry: 2, signal });
}

export async function cancelled(url, { signal }) {
  return await axios.get(url, { signal });
}
