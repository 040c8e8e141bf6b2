export function realCatch(promise: Promise<string>): (handler: () => string) => Promise<string> {
  return Promise.prototype.catch.bind(promise);
}
