export function decode(first, second) {
  return `${first}${second}`;
}
