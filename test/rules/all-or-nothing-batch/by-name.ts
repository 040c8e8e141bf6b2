interface Service {
  readonly name: string;
  health(): Promise<{ ok: boolean }>;
}

/** Each answer has a place of its own, and whoever answers is asked through an interface. */
export async function board(services: readonly Service[]): Promise<Record<string, string>> {
  const states = await Promise.all(services.map((service) => service.health()));
//                             ^^^ all-or-nothing-batch oneForAll
  const rows: Record<string, string> = {};
  states.forEach((state, index) => {
    rows[services[index]!.name] = state.ok ? 'up' : 'degraded';
  });
  return rows;
}

/** All of them are needed for the sum. */
export async function healthy(services: readonly Service[]): Promise<number> {
  const states = await Promise.all(services.map((service) => service.health()));
  let count = 0;
  for (const state of states) if (state.ok) count++;
  return count;
}
