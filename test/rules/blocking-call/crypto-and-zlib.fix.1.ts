import * as crypto from 'node:crypto';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

export async function hash(password: string, salt: Buffer): Promise<Buffer> {
  return await promisify(crypto.pbkdf2)(password, salt, 600_000, 64, 'sha512');
}

export async function secret(password: string): Promise<Buffer> {
  return crypto.scryptSync(password, crypto.randomBytes(16), 64);
}

export async function noise(): Promise<Buffer> {
  return crypto.randomBytes(64 * 1024 * 1024);
}

export async function unpack(packed: Buffer): Promise<string> {
  return (await promisify(gunzip)(packed)).toString('utf8');
}
