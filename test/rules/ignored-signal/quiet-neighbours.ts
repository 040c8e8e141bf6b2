import { load, plain } from './lib';

export async function used(id: string, signal: AbortSignal): Promise<string> {
  return await load(id, { signal });
}

export async function asked(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await plain(id);
}

/** Whoever writes an underscore knows of it. */
export async function underscored(id: string, _signal: AbortSignal): Promise<string> {
  return await plain(id);
}

/** Nothing in it can be cut short. */
export function synchronous(id: string, signal: AbortSignal): string {
  return id;
}

export async function alsoSynchronous(id: string, signal: AbortSignal): Promise<string> {
  return id;
}

interface Tool {
  run(id: string, signal: AbortSignal): Promise<string>;
}

export class EchoTool implements Tool {
  async run(id: string, signal: AbortSignal): Promise<string> {
    return await plain(id);
  }
}

export abstract class Base {
  async run(id: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    return await plain(id);
  }
}

export class Derived extends Base {
  override async run(id: string, signal: AbortSignal): Promise<string> {
    return await plain(id);
  }
}

export const typed: Tool['run'] = async (id, signal) => {
  return await plain(id);
};

export const tools: readonly Tool[] = [
  {
    async run(id: string, signal: AbortSignal): Promise<string> {
      return await plain(id);
    },
  },
];

declare function register(handler: (id: string, signal: AbortSignal) => Promise<string>): void;

register(async (id, signal) => await plain(id));

async function handler(id: string, signal: AbortSignal): Promise<string> {
  return await plain(id);
}

register(handler);

export async function wholeOptions(id: string, options: { readonly signal?: AbortSignal }): Promise<string> {
  return await load(id, options);
}

export async function rest({ id, signal, ...others }: { id: string; signal: AbortSignal; depth: number }) {
  return [await plain(id), others];
}

/** A token that is a text. */
export async function credentials(url: string, token: string): Promise<Response> {
  return await fetch(url);
}
