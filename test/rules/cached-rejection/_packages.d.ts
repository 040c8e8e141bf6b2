declare module 'lodash' {
  export function memoize<F extends (...args: never[]) => unknown>(fn: F): F;
  export function once<F extends (...args: never[]) => unknown>(fn: F): F;
}
declare module 'p-memoize' {
  export default function pMemoize<F extends (...args: never[]) => unknown>(fn: F): F;
}
declare module 'react' {
  export function cache<F extends (...args: never[]) => unknown>(fn: F): F;
}
