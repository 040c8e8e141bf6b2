declare module 'react' {
  export function useState<S>(initial: S): [S, (value: S | ((before: S) => S)) => void];
}
