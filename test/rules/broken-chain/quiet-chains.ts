declare function load(): Promise<{ name: string } | undefined>;
declare function save(name: string): Promise<void>;
declare function makeHandler(): (value: unknown) => void;
declare function maybeHandler(): ((value: unknown) => void) | undefined;
declare const untyped: any;

export async function handlers(): Promise<void> {
  await load().then(makeHandler());
  await load().then(maybeHandler());
  await load().then(untyped.handler());
  await load().then(null, console.error);
  await load().then(undefined, () => undefined);
  await load().then(save.bind(null, 'a'));
}

export function returned(): Promise<string> {
  return load()
    .then((user) => {
      return save(user?.name ?? '');
    })
    .then((saved) => String(saved));
}

/** Nothing after it relies on a value. */
export function lastLink(): Promise<void> {
  return load().then((user) => {
    console.log(user);
  });
}

export function noValueAsked(): Promise<void> {
  return load()
    .then((user) => {
      console.log(user);
    })
    .then(() => {
      console.log('done');
    });
}

export function asksFirst(): Promise<string> {
  return load()
    .catch((error: unknown) => {
      console.error(error);
    })
    .then((user) => {
      if (!user) return 'nobody';
      return user.name;
    });
}

export function optional(): Promise<string | undefined> {
  return load()
    .catch((error: unknown) => {
      console.error(error);
    })
    .then((user) => user?.name);
}

export function throws(): Promise<string> {
  return load()
    .catch((error: unknown) => {
      throw new Error('no user', { cause: error });
    })
    .then((user) => String(user));
}

export function withAsync(): Promise<string> {
  return load()
    .then(async (user) => {
      await save(user?.name ?? '');
      return 'saved';
    })
    .then((text) => text.trim());
}

class Query {
  then(step: string): this {
    console.log(step);
    return this;
  }
}

/** A `then` that is no promise's takes what it wants. */
export const query = new Query().then('select').then('where');
