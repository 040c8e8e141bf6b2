import { useEffect } from 'react';

export function useShortcut(run: (key: string) => void): void {
  useEffect(() => {
    const controller = new AbortController();
    window.addEventListener('keydown', (event) => run(event.key), { signal: controller.signal });
    return () => controller.abort();
  }, [run]);
  useEffect(() => {
    const listen = (): void => run('focus');
    window.addEventListener('focus', listen);
    return () => window.removeEventListener('focus', listen);
  }, [run]);
}

interface Store {
  subscribe(listener: () => void): () => void;
}
export function useStore(store: Store, render: () => void): void {
  useEffect(() => {
    store.subscribe(render);
  }, [store, render]);
  useEffect(() => store.subscribe(render), [store, render]);
  useEffect(() => {
    const end = store.subscribe(render);
    return end;
  }, [store, render]);
}
