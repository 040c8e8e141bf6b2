declare function load(): Promise<string>;

export const promise = new Promise<string>((resolve) => {
  return load().then(resolve);
//       ^^^^^^^^^^^^^^^^^^^^ async-executor returned
});

export const value = new Promise<number>((resolve) => {
  setTimeout(() => resolve(1), 10);
  return 1;
//       ^ async-executor returned
});
