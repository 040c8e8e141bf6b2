import { useState } from 'react';

let callbacks: (() => void)[] = [];

// A page has no process that could end.
setInterval(() => {
  for (const callback of callbacks) callback();
}, 60_000);

export function useMinutes(): number {
  const [minutes, setMinutes] = useState(0);
  callbacks = [...callbacks, () => setMinutes(minutes + 1)];
  return minutes;
}
