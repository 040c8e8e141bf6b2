export function then(): string {
//              ^^^^ accidental-thenable module
  return 'next';
}
