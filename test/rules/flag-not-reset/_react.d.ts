declare module 'react' {
  export function useState<T>(initial: T): [T, (value: T | ((before: T) => T)) => void];
  export function useRef<T>(initial: T): { current: T };
  export function useCallback<T>(callback: T, dependencies: readonly unknown[]): T;
}
