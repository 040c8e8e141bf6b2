export async function never(): Promise<never> {
  return Promise.race([]);
//               ^^^^ race-loser empty
}
export async function none(): Promise<never> {
  // It rejects at once, which nobody can miss.
  return Promise.any([]);
}
