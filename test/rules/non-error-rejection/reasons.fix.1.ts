declare const code: number;
declare const name: string;
declare const answer: { readonly status: number };
declare function fetchAnswer(): Promise<{ readonly status: number }>;

export function text(): Promise<never> {
  return Promise.reject(new Error('not found'));
}

export function template(id: string): Promise<never> {
  return Promise.reject(new Error(`no user ${id}`));
}

export function literal(): Promise<never> {
  return Promise.reject(new Error('not found', { cause: { message: 'not found', code: 404 } }));
}

export function named(): Promise<never>[] {
  return [Promise.reject(new Error(name)), Promise.reject(new Error(String(code))), Promise.reject(new Error('Failed', { cause: answer }))];
}

export function executed(ok: boolean): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    setTimeout(() => {
      if (ok) resolve();
      else reject(new Error('failed'));
    }, 1);
  });
}

export async function thrown(): Promise<void> {
  const given = await fetchAnswer();
  if (given.status === 404) throw new Error('not found');
  if (given.status > 499) throw new Error('Failed', { cause: given });
  throw new Error('Failed', { cause: { status: given.status } });
}

export const chained = fetchAnswer().then(({ status }) => {
  if (status !== 200) throw new Error(String(status));
});

/** A parameter that is declared to be a text is none, wherever it came from. */
export function parse(load: () => Promise<string>): Promise<number> {
  return load().then((text) => {
    if (text === '') throw new Error(text);
    return Number(text);
  });
}

export class Waiting {
  readonly #answer = Promise.withResolvers<string>();

  fail(code: number): void {
    this.#answer.reject(new Error(String(code)));
  }
}
