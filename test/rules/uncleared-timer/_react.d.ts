declare module 'react' {
  export function useEffect(effect: () => void | (() => void), deps?: readonly unknown[]): void;
  export function useState<T>(value: T): [T, (next: T | ((before: T) => T)) => void];
}
