import { prisma } from '@acme/prisma';

/** The row is read before it is gone: together the read may find nothing. */
export async function remove(where: { id: number }): Promise<unknown[]> {
  const old = await prisma.envelope.findUniqueOrThrow({ where, include: { meta: true } });
  const deleted = await prisma.envelope.delete({ where });
  return [old, deleted];
}
