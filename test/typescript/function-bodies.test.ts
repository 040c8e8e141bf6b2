import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import { isFunctionNode, type Node } from '../../server/src/typescript/ast.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const text = `
/** @type {(id: string) => Promise<void>} */
export async function typed(id) { await id; }

/** @type {import('./types').Handler} */
export async function imported(event) { await event; }

/** @type {Handler} */
export default async function (event) { await event; }

class A {
  /** @type {() => Promise<void>} */
  async method() { await 1; }
}

/** @param {string} id @returns {Promise<void>} */
async function documented(id) { await id; }

/** @type {() => Promise<number>} */
const arrow = async () => await 1;

const expression = /** @type {() => Promise<void>} */ (async function () { await 1; });

module.exports = {
  /** @type {() => void} */
  property: async () => { await 1; },
  /** @type {() => void} */
  async shorthand() { await 1; },
};
`;

describe('the body of a function', () => {
  it('is there whatever a comment says of its type', async () => {
    await using folder = await temporaryFolder({ 'a.js': text });
    const session = new Session({ host: nodeHost(), cwd: folder.path });
    try {
      const file = folder.file('a.js');
      await using lease = await session.lease([file], AbortSignal.timeout(60_000));
      const sourceFile = await lease.program(file).sourceFile(file);
      const bodies: (string | undefined)[] = [];
      const visit = (node: Node): void => {
        if (isFunctionNode(node)) bodies.push(node.body?.getText());
        node.forEachChild(visit);
      };
      if (sourceFile) visit(sourceFile);
      expect(bodies).toEqual([
        '{ await id; }',
        '{ await event; }',
        '{ await event; }',
        '{ await 1; }',
        '{ await id; }',
        'await 1',
        '{ await 1; }',
        '{ await 1; }',
        '{ await 1; }',
      ]);
    } finally {
      await session.close();
    }
  });
});
