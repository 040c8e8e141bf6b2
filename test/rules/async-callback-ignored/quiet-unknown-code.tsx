// @options {"unknownFunctions": "silent"}
declare const lazy: { readonly preload: () => Promise<unknown> };
declare const form: { handleSubmit(save: () => void): () => Promise<void> };
declare const app: { callback(): (request: unknown, response: unknown) => Promise<void> };

interface Item {
  readonly preload?: () => void;
}

declare namespace JSX {
  interface IntrinsicElements {
    form: { onSubmit?: () => void };
  }
}

// Only types say that these promises are ignored, and whether they reject is not to be seen.
export const item: Item = { preload: lazy.preload };
export const submit = form.handleSubmit(() => {});

export function Page() {
  return <form onSubmit={submit} />;
}

declare function createListener(handler: (request: unknown, response: unknown) => void): void;
createListener(app.callback());
