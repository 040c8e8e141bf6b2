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
//^^^^^ needless-await plainValue
  const theme = await settings.theme;
//              ^^^^^ needless-await plainValue
  const user = await users.get(theme);
//             ^^^^^ needless-await plainValue
  await log('known to be synchronous');
//^^^^^ needless-await plainValue
  await [load()];
  await (() => 1);
//^^^^^ needless-await plainValue
  (await name()).trim();
// ^^^^^ needless-await plainValue
  await 'text';
//^^^^^ needless-await plainValue
  return { theme, user };
}

export async function uncalled(): Promise<void> {
  await load;
//^^^^^ needless-await uncalled
}

export async function constrained<T extends number>(value: T): Promise<T> {
  return await value;
//       ^^^^^ needless-await plainValue
}

export const statement = async () => {
  await { a: 1 }
//^^^^^ needless-await plainValue
  await (name())
//^^^^^ needless-await plainValue
};

export async function notThenable(value: { then: number }, other: { then(): void }) {
  await value;
//^^^^^ needless-await plainValue
  await other;
//^^^^^ needless-await plainValue
}
