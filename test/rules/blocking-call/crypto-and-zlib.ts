import * as crypto from 'node:crypto';
import { gunzipSync } from 'node:zlib';

export async function hash(password: string, salt: Buffer): Promise<Buffer> {
  return crypto.pbkdf2Sync(password, salt, 600_000, 64, 'sha512');
//              ^^^^^^^^^^ blocking-call async
}

export async function secret(password: string): Promise<Buffer> {
  return crypto.scryptSync(password, crypto.randomBytes(16), 64);
//              ^^^^^^^^^^ blocking-call async
}

export async function noise(): Promise<Buffer> {
  return crypto.randomBytes(64 * 1024 * 1024);
//              ^^^^^^^^^^^ blocking-call async
}

export async function unpack(packed: Buffer): Promise<string> {
  return gunzipSync(packed).toString('utf8');
//       ^^^^^^^^^^ blocking-call async
}
