import { expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import { isIdentifier, type Node } from '../../server/src/typescript/ast.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

interface Decoding {
  readonly _decoder: { decode(bytes: Uint8Array): string };
}

it('a name is decoded once, however often it is read', async () => {
  await using folder = await temporaryFolder({ 'a.ts': 'const größe = 1;\nexport const twice = größe + größe;\n' });
  const session = new Session({ host: nodeHost(), cwd: folder.path });
  try {
    const file = folder.file('a.ts');
    await using lease = await session.lease([file], AbortSignal.timeout(60_000));
    const sourceFile = await lease.program(file).sourceFile(file);
    const decoder = (sourceFile as unknown as Decoding)._decoder;
    const decode = decoder.decode.bind(decoder);
    const decoded: string[] = [];
    decoder.decode = (bytes) => {
      const text = decode(bytes);
      decoded.push(text);
      return text;
    };
    const names: string[] = [];
    const visit = (node: Node): void => {
      if (isIdentifier(node)) names.push(node.text);
      node.forEachChild(visit);
    };
    sourceFile?.forEachChild(visit);
    sourceFile?.forEachChild(visit);
    expect(names).toEqual([...Array(2)].flatMap(() => ['größe', 'twice', 'größe', 'größe']));
    expect(decoded).toEqual(['größe', 'twice', 'größe', 'größe']);
  } finally {
    await session.close();
  }
});
