declare module 'vue' {
  export function onMounted(hook: () => void): void;
  export function onUnmounted(hook: () => void): void;
  export function watch(source: () => unknown, run: () => void): void;
}
declare module 'svelte' {
  export function onMount(hook: () => void): void;
}
declare module '@playwright/test' {
  export interface Page {
    click(selector: string): Promise<void>;
    waitForResponse(url: string): Promise<{ ok(): boolean }>;
    waitForEvent(event: string): Promise<unknown>;
  }
}
declare module 'ws' {
  export default class WebSocket {
    constructor(url: string);
    on(event: string, listener: (data: unknown) => void): this;
  }
}
