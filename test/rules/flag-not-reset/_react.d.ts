declare module 'react' {
  export function useState<T>(initial: T): [T, (value: T | ((before: T) => T)) => void];
}
