/** Nothing in the project is of this kind, and what is declared of it stands nowhere but in an object. */
interface Store {
  readonly load?: () => Promise<string>;
}

const store: Store = { ...JSON.parse('{}') };

export async function first(): Promise<string | undefined> {
  try {
    return await store.load?.();
  } catch {
    return undefined;
  }
}
