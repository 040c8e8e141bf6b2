declare const numbers: number[];
declare const set: Set<string>;
declare const map: Map<string, number>;

export async function loops(): Promise<void> {
  for await (const number of numbers) console.log(number);
//    ^^^^^ needless-await plainIteration
  for await (const text of set) console.log(text);
//    ^^^^^ needless-await plainIteration
  for await (const [key, value] of map) console.log(key, value);
//    ^^^^^ needless-await plainIteration
  for await (const letter of 'abc') console.log(letter);
//    ^^^^^ needless-await plainIteration
  for await (const number of count()) console.log(number);
//    ^^^^^ needless-await plainIteration
}

function* count() {
  yield 1;
  yield 2;
}
