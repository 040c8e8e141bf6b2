// @options {"brief": false}
import { useEffect, useState } from 'react';

const animation = 250;

// These fire before anybody would miss the clearing.
export function Sidebar({ setFocus }: { readonly setFocus: (name: string) => void }): boolean {
  const [isMoving, setMoving] = useState(true);
  useEffect(() => {
    if (isMoving) setTimeout(() => setMoving(false), animation);
  }, [isMoving]);
  useEffect(() => {
    setTimeout(() => setFocus('name'), 100);
  }, [setFocus]);
  return isMoving;
}

export async function quick(load: () => Promise<string>): Promise<string> {
  return await Promise.race([
    load(),
    new Promise<string>((resolve) => {
      setTimeout(resolve, 200, '');
    }),
  ]);
}

export async function pinged(url: string): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  const { ok } = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  return ok;
}
