import { useEffect, useState } from 'react';

/** What listens to a media query keeps it. */
export function useDark(): boolean {
  const [isDark, setDark] = useState(false);
  useEffect(() => {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', (event) => setDark(event.matches));
//        ^^^^^^^^^^^^^^^^ listener-per-call effect
  }, []);
  return isDark;
}
