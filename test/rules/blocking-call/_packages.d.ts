declare module 'bcrypt' {
  const bcrypt: { hashSync(password: string, rounds: number): string; hash(password: string, rounds: number): Promise<string> };
  export default bcrypt;
}
declare module 'express';
declare module 'execa';
declare module 'fs-extra';
declare module 'fast-glob';
declare module 'shelljs';
declare module 'sync-request';
declare module 'which';
declare module 'better-sqlite3';
declare module 'readline-sync';
declare module 'fastify' {
  export interface FastifyRequest {
    readonly url: string;
  }
}
declare module '@acme/core/shared/fs-extra';
declare module 'commander' {
  export class Command {
    command(name: string): this;
    action(run: () => Promise<void>): this;
  }
}
