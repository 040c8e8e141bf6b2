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
