declare function name(): string;
declare function load(): Promise<string>;
declare const settings: { theme: string };
interface User {
  name: string;
}
declare const users: Map<string, User>;

function log(text: string): void {
  console.log(text);
}

export async function awaits() {
  name();
  const theme = settings.theme;
  const user = users.get(theme);
  log('known to be synchronous');
  await [load()];
  (() => 1);
  name().trim();
  'text';
  return { theme, user };
}

export async function uncalled(): Promise<void> {
  await load();
}

export async function constrained<T extends number>(value: T): Promise<T> {
  return value;
}

export const statement = async () => {
  ({ a: 1 })
  ;(name())
};

export async function notThenable(value: { then: number }, other: { then(): void }) {
  value;
  other;
}
