export function attempt<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}
export function parse(text: string, next: (value: unknown) => Promise<void>): Promise<void> {
  try {
    const value = JSON.parse(text) as unknown;
    return next(value);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}
export function first(list: Array<() => Promise<string>>): Promise<string> | undefined {
  for (const f of list) {
    try {
      return f();
    } catch (error) {
      console.warn('threw at once', error);
    }
  }
  return undefined;
}
