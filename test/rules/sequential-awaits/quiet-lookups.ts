import { promises as dns } from 'node:dns';

export async function started(name: string): Promise<readonly string[]> {
  const texts = dns.resolveTxt(name);
  texts.catch(() => {
    // Handled where it is awaited.
  });
  const addresses = await dns.resolveSrv(`_db._tcp.${name}`);
  if (addresses.length === 0) throw new Error('no addresses');
  return (await texts).flat();
}

export async function fallsBack(name: string): Promise<readonly string[]> {
  const addresses = await dns.resolve4(name);
  if (addresses.length > 0) return addresses;
  return await dns.resolve6(name);
}

export async function follows(name: string): Promise<readonly string[]> {
  const [alias = name] = await dns.resolveCname(name);
  if (alias === '') throw new Error('no alias');
  return await dns.resolve4(alias);
}
