let count = 0;

export function getCount(): number {
  return count;
}

export function setCount(next: number): void {
  count = next;
}
