// @options {"brief": true}
import { useEffect, useState } from 'react';

const animation = 250;

export function Sidebar(): boolean {
  const [isMoving, setMoving] = useState(true);
  useEffect(() => {
    if (isMoving) setTimeout(() => setMoving(false), animation);
//                ^^^^^^^^^^ uncleared-timer effect
  }, [isMoving]);
  return isMoving;
}

export async function quick(load: () => Promise<string>): Promise<string> {
  return await Promise.race([
    load(),
    new Promise<string>((resolve) => {
      setTimeout(resolve, 200, '');
//    ^^^^^^^^^^ uncleared-timer race
    }),
  ]);
}
