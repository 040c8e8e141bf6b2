import { useEffect, useRef, useState } from 'react';

export function Clock(): number {
  const [time, setTime] = useState(0);
  const [late, setLate] = useState(false);
  useEffect(() => {
    setInterval(() => setTime(Date.now()), 1000);
//  ^^^^^^^^^^^ uncleared-timer effect
  }, []);
  useEffect(() => {
    setTimeout(() => setLate(true), 5000);
//  ^^^^^^^^^^ uncleared-timer effect
  }, []);
  useEffect(() => {
    const timer = setInterval(() => setTime(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    // Runs as soon as everything else has.
    setTimeout(() => setLate(false), 0);
  }, []);
  return late ? 0 : time;
}

declare function track(event: string): void;

export function useTracking(): void {
  useEffect(() => {
    // Nothing of the component is left in it.
    setTimeout(() => track('seen'), 5000);
  }, []);
}

export function useFocus(): void {
  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    // A ref is empty when the component is gone.
    setTimeout(() => form.current?.focus(), 100);
  }, []);
}
