declare class Connection {
  query(text: string): Promise<string[]>;
  [Symbol.dispose](): void;
}
declare class Session {
  query(text: string): Promise<string[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function disposedEarly(text: string): Promise<string[]> {
  using connection = new Connection();
  return connection.query(text);
//       ^^^^^^^^^^^^^^^^^^^^^^ unawaited-return disposed
//       related using.ts:11 "is disposed when this scope ends"
}

export async function disposedEarlyAsync(text: string): Promise<string[]> {
  await using session = new Session();
  if (text === '') return [];
  return session.query(text);
//       ^^^^^^^^^^^^^^^^^^^ unawaited-return disposed
//       related using.ts:18 "is disposed when this scope ends"
}

export async function inLoop(connections: readonly Connection[], text: string): Promise<string[]> {
  for (using connection of connections) {
    return connection.query(text);
//         ^^^^^^^^^^^^^^^^^^^^^^ unawaited-return disposed
//         related using.ts:26 "is disposed when this scope ends"
  }
  return [];
}

export async function declaredAfter(session: Session, text: string): Promise<string[]> {
  if (text === '') return session.query('all');
  using connection = new Connection();
  return await connection.query(text);
}

export async function inInnerScope(session: Session, text: string): Promise<string[]> {
  {
    using connection = new Connection();
    await connection.query(text);
  }
  return session.query(text);
}
