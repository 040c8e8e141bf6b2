import { useEffect, useState } from 'react';

// It sets state of a component that may be gone.
export function Notice({ refresh }: { readonly refresh: () => void }): string {
  const [text, setText] = useState('');
  useEffect(() => {
    setTimeout(() => setText('late'), 3000);
//  ^^^^^^^^^^ uncleared-timer effect
  }, []);
  useEffect(() => {
    setTimeout(() => refresh(), 2000);
//  ^^^^^^^^^^ uncleared-timer effect
  }, [refresh]);
  return text;
}
