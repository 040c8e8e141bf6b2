declare module 'react' {
  type Destructor = () => void;
  export function useEffect(effect: () => void | Destructor, deps?: readonly unknown[]): void;
  export function useState<T>(initial: T | (() => T)): [T, (value: T | ((before: T) => T)) => void];
  export function useCallback<F>(fn: F, deps: readonly unknown[]): F;
  export function useRef<T>(initial: T): { current: T };
}
