// @ts-expect-error The package is not installed.
import { Client } from 'not-installed';

class Own extends Client {
  label = 'own';
}

interface Shape extends Client {
  label: string;
}

export async function unknownBase(own: Own, shape: Shape): Promise<void> {
  await own;
  await shape;
}
