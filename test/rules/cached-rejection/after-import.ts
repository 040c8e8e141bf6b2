import type { connect as connectToday } from './lib.ts';

let connection: ReturnType<typeof connectToday> | undefined;

// It does not only load a module: what it returns is waited for, too.
export function connectLater(): ReturnType<typeof connectToday> {
  connection ??= (async () => {
//                ^^^^^ cached-rejection kept
    const { connect } = await import('./lib.ts');
    return connect();
  })();
  return connection;
}
