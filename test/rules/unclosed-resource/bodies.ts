import { request } from 'undici';

export async function status(url: string): Promise<number> {
  const { statusCode } = await request(url);
//                             ^^^^^^^ unclosed-resource body
  return statusCode;
}

export async function text(url: string): Promise<string> {
  const { statusCode, body } = await request(url);
  if (statusCode !== 200) await body.dump();
  return body.text();
}
