import { useEffect, useRef } from 'react';

// A last look as soon as the page has settled: clearing it in the next run would leave that out.
export function useBottom(length: number, scrollToBottom: () => void): void {
  const isOff = useRef(false);
  useEffect(() => {
    if (isOff.current) return;
    scrollToBottom();
    setTimeout(() => {
      if (!isOff.current) scrollToBottom();
    }, 50);
  }, [length, scrollToBottom]);
}
