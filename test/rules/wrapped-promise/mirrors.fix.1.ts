export interface User {
  readonly name: string;
}
declare function load(id: string): Promise<User>;
declare function show(user: User): void;

export function copied(id: string): Promise<User> {
  return load(id);
}

export function caught(id: string): Promise<User> {
  return load(id);
}

export function changed(id: string): Promise<string> {
  return load(id).then((user) => user.name);
}

export function shown(id: string): Promise<User> {
  return new Promise((resolve, reject) => {
    load(id)
      .then((user) => {
        show(user);
        resolve(user);
      })
      .catch(reject);
  });
}

export const adopted = (id: string) => load(id);
