import { useEffect } from 'react';

export function useShortcut(run: (key: string) => void): void {
  useEffect(() => {
    window.addEventListener('keydown', (event) => run(event.key));
//         ^^^^^^^^^^^^^^^^ listener-per-call effect
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
//        ^^^^^^^^^ listener-per-call effect
  }, [store, render]);
  useEffect(() => store.subscribe(render), [store, render]);
  useEffect(() => {
    const end = store.subscribe(render);
    return end;
  }, [store, render]);
}
