declare const code: number;
declare const name: string;
declare const answer: { readonly status: number };
declare function fetchAnswer(): Promise<{ readonly status: number }>;

export function text(): Promise<never> {
  return Promise.reject('not found');
//                      ^^^^^^^^^^^ non-error-rejection rejected
}

export function template(id: string): Promise<never> {
  return Promise.reject(`no user ${id}`);
//                      ^^^^^^^^^^^^^^^ non-error-rejection rejected
}

export function literal(): Promise<never> {
  return Promise.reject({ message: 'not found', code: 404 });
//                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ non-error-rejection rejected
}

export function named(): Promise<never>[] {
  return [Promise.reject(name), Promise.reject(code), Promise.reject(answer)];
//                       ^^^^ non-error-rejection rejected
//                                             ^^^^ non-error-rejection rejected
//                                                                   ^^^^^^ non-error-rejection rejected
}

export function executed(ok: boolean): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    setTimeout(() => {
      if (ok) resolve();
      else reject('failed');
//                ^^^^^^^^ non-error-rejection rejected
    }, 1);
  });
}

export async function thrown(): Promise<void> {
  const given = await fetchAnswer();
  if (given.status === 404) throw 'not found';
//                                ^^^^^^^^^^^ non-error-rejection thrown
  if (given.status > 499) throw given;
//                              ^^^^^ non-error-rejection thrown
  throw { status: given.status };
//      ^^^^^^^^^^^^^^^^^^^^^^^^ non-error-rejection thrown
}

export const chained = fetchAnswer().then(({ status }) => {
  if (status !== 200) throw status;
//                          ^^^^^^ non-error-rejection thrown
});

/** A parameter that is declared to be a text is none, wherever it came from. */
export function parse(load: () => Promise<string>): Promise<number> {
  return load().then((text) => {
    if (text === '') throw text;
//                         ^^^^ non-error-rejection thrown
    return Number(text);
  });
}

export class Waiting {
  readonly #answer = Promise.withResolvers<string>();

  fail(code: number): void {
    this.#answer.reject(code);
//                      ^^^^ non-error-rejection rejected
  }
}
