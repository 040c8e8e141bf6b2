declare namespace JSX {
  interface Element {}
  interface IntrinsicElements {
    button: { onClick?: () => unknown; disabled?: boolean; children?: unknown };
    form: { onSubmit?: () => unknown; children?: unknown };
  }
}
declare module 'react' {
  export function useCallback<T>(callback: T, deps: readonly unknown[]): T;
}
