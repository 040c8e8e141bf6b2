declare module 'react' {
  export interface BaseSyntheticEvent<E = object, C = unknown, T = unknown> {
    nativeEvent: E;
    currentTarget: C;
    target: T;
    preventDefault(): void;
    stopPropagation(): void;
  }
  export interface SyntheticEvent<T = Element, E = Event> extends BaseSyntheticEvent<E, EventTarget & T, EventTarget> {}
  export interface FormEvent<T = Element> extends SyntheticEvent<T> {}
}
declare module 'vscode' {
  export interface TextDocumentWillSaveEvent {
    waitUntil(thenable: Promise<unknown>): void;
  }
}
