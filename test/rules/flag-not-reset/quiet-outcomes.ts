interface Outcome {
  readonly data: string;
  readonly error?: Error;
}
declare const client: { query(text: string): Promise<Outcome> };
declare function generate(text: string): Promise<{ readonly left?: string; readonly right: string }>;
declare function isLeft(value: object): boolean;

export const state = { fetching: false, pending: false, loading: false, text: '' };

// What it waits for says with its value whether it has failed.
export async function fetchData(): Promise<void> {
  state.fetching = true;
  const result = await client.query('a');
  if (result.error) {
    state.fetching = false;
    return;
  }
  state.text = result.data;
  state.fetching = false;
}

export async function load(): Promise<void> {
  state.loading = true;
  const { data, error } = await client.query('a');
  if (!error) state.text = data;
  state.loading = false;
}

export async function generateName(): Promise<void> {
  state.pending = true;
  const result = await generate('a');
  if (!isLeft(result)) state.text = result.right;
  state.pending = false;
}

export const isBusy = (): boolean => state.fetching || state.pending || state.loading;
