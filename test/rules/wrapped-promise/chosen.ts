/** How it ends is chosen, and every way ends it. */
export function request(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise promise
    fetch(path)
      .then((response) => {
        if (!response.ok) {
          reject(new Error(response.statusText));
          return;
        }
        resolve(response.json());
      })
      .catch(reject);
  });
}

export function either(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise promise
    fetch(path).then((response) => {
      if (response.ok) resolve(response.url);
      else reject(new Error(response.statusText));
    }, reject);
  });
}

/** Where the answer is late, nobody ends it: that is more than the promise does. */
export function unlessLate(path: string, isLate: () => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    fetch(path).then((response) => {
      if (!isLate()) resolve(response.url);
    }, reject);
  });
}
