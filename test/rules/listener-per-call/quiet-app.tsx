import { useEffect } from 'react';

declare function report(event: string): void;

// Added once, and nothing of the component is in it.
export function Analytics(): null {
  useEffect(() => {
    window.addEventListener('appinstalled', () => {
      report('installed');
    });
  }, []);
  return null;
}
