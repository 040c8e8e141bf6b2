export interface User {
  readonly name: string;
}
declare function load(id: string): Promise<User>;
declare function show(user: User): void;

export function copied(id: string): Promise<User> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise promise
    load(id).then(resolve, reject);
  });
}

export function caught(id: string): Promise<User> {
  return new Promise((resolve, reject) => load(id).then((user) => resolve(user)).catch((error) => reject(error)));
//       ^^^^^^^^^^^ wrapped-promise promise
}

export function changed(id: string): Promise<string> {
  return new Promise<string>((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise promise
    load(id)
      .then((user) => resolve(user.name))
      .catch(reject);
  });
}

export function shown(id: string): Promise<User> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise promise
    load(id)
      .then((user) => {
        show(user);
        resolve(user);
      })
      .catch(reject);
  });
}

export const adopted = (id: string) => new Promise<User>((resolve) => resolve(load(id)));
//                                     ^^^^^^^^^^^ wrapped-promise promise
