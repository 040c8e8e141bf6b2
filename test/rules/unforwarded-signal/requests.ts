import { load } from './lib';

interface LoadRequest {
  readonly id: string;
  readonly signal: AbortSignal;
}

export async function answer(request: Request): Promise<Response> {
  request.signal.throwIfAborted();
  return await fetch('https://example.com');
//             ^^^^^ unforwarded-signal unforwarded
//             related requests.ts:8 "the signal comes from here"
}

export async function loaded(request: LoadRequest): Promise<string> {
  return await load(request.id);
//             ^^^^ unforwarded-signal unforwarded
//             related requests.ts:15 "the signal comes from here"
}
