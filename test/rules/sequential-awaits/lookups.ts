import { promises as dns } from 'node:dns';

export async function hosts(name: string): Promise<readonly string[]> {
  const addresses = await dns.resolveSrv(`_db._tcp.${name}`);
  if (addresses.length === 0) throw new Error('no addresses');
  for (const address of addresses) {
    if (!address.name.endsWith(name)) throw new Error('another domain');
  }
  let record: string[][];
  try {
    record = await dns.resolveTxt(name);
//           ^^^^^ sequential-awaits early
//           related lookups.ts:4 "waits here before"
  } catch {
    return addresses.map((address) => address.name);
  }
  return record.flat();
}
