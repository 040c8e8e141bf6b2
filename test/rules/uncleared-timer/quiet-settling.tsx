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

// On what is gone, moving the page does nothing.
export function useShown(id: string, isShown: boolean): void {
  useEffect(() => {
    const element = (): HTMLElement | null => document.getElementById(id);
    setTimeout(() => element()?.scrollIntoView({ block: 'center' }), isShown ? 0 : 3000);
  }, [id, isShown]);
}
