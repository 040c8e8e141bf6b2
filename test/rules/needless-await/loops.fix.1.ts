declare const numbers: number[];
declare const set: Set<string>;
declare const map: Map<string, number>;

export async function loops(): Promise<void> {
  for (const number of numbers) console.log(number);
  for (const text of set) console.log(text);
  for (const [key, value] of map) console.log(key, value);
  for (const letter of 'abc') console.log(letter);
  for (const number of count()) console.log(number);
}

function* count() {
  yield 1;
  yield 2;
}
