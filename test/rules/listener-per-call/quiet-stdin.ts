// Standard input is read to its end once.
export function readInput(): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    process.stdin.on('data', (part: Buffer) => parts.push(part));
    process.stdin.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    process.stdin.on('error', reject);
  });
}

export async function main(): Promise<string> {
  return (await readInput()).trim();
}
