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
  await name();
  const theme = await settings.theme;
  const user = await users.get(theme);
  await log('known to be synchronous');
  await [load()];
  await (() => 1);
  (await name()).trim();
  await 'text';
  return { theme, user };
}

export async function uncalled(): Promise<void> {
  load;
}

export async function constrained<T extends number>(value: T): Promise<T> {
  return await value;
}

export const statement = async () => {
  await { a: 1 }
  await (name())
};

export async function notThenable(value: { then: number }, other: { then(): void }) {
  await value;
  await other;
}
