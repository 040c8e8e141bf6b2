interface Connection {
  execute(sql: string): Promise<string>;
  close(): Promise<void>;
}

// Only its name says that it has to be released, and closing it is another way to do that.
export class Routines {
  constructor(private readonly acquireConnection: () => Promise<Connection>) {}

  async call(sql: string): Promise<string> {
    const connection = await this.acquireConnection();
    try {
      return await connection.execute(sql);
    } finally {
      await connection.close();
    }
  }
}
