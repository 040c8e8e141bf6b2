import { count, load, nameOf } from './lib';

declare function take(promise: Promise<unknown>): void;
declare function keep(value: unknown): void;
declare function html(parts: TemplateStringsArray, ...values: unknown[]): string;
declare function expect(value: unknown): any;
declare const query: { then(resolve: (rows: string[]) => void): void; toString(): string };

interface Deferred {
  readonly promise: Promise<unknown>;
  readonly anything: unknown;
}

export async function values(id: string, client: any) {
  take(load(id));
  keep(load(id));
  const text = `Hello ${await nameOf(id)} ${query}`;
  const tagged = html`<p>${nameOf(id)}</p>`;
  const copy = { ...(await load(id)) };
  const all = await Promise.all([load(id), nameOf(id)]);
  const byName = { user: load(id), name: nameOf(id) };
  const deferred: Deferred = { promise: load(id), anything: load(id) };
  const record: Record<string, Promise<unknown>> = { user: load(id) };
  const bag: Record<string, unknown> = { userPromise: load(id), done: Promise.resolve(1) };
  await client.props({ user: load(id) });
  const own = Object.assign(load(id), { cancel() {} });
  return { text, tagged, copy, all, byName, deferred, record, bag, own };
}

export async function compared(id: string, other: Promise<number>) {
  const mine = count();
  const isSame = mine === other;
  const isThen = 'then' in load(id);
  return [isSame, isThen, mine == null, await mine];
}

export async function asserted(id: string) {
  await expect(nameOf(id)).resolves.toBe('a');
  expect(nameOf(id)).toBeInstanceOf(Promise);
  expect(await nameOf(id)).toBe('a');
  const same = nameOf(id);
  expect(same).toBeTruthy();
  expect(same).toBe(same);
  await same;
}

/** Which of two promises it is, and what members that one has. */
export async function either(id: string, given: Promise<number>, key: string) {
  const mine = id === '' ? given : count();
  const hasMember = mine !== given && key in mine;
  return [hasMember, await mine];
}

/** What the global is replaced by gives no promise, whatever the types say. */
export function replaced() {
  (globalThis as any).fetch = () => 1337;
  expect(fetch('')).toBe(1337);
}

/** Which promise it was is what is to be shown. */
process.on('unhandledRejection', (reason, promise) => {
  console.error('nobody handled', promise, reason);
});
