async function* numbers() {
  yield 1;
}

export async function sum() {
  let total = 0;
  for (const number of numbers()) total += number;
//                     ^^^^^^^^^ abandoned-iterator syncLoop
  for await (const number of numbers()) total += number;
  return total;
}
