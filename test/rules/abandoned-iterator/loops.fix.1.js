async function* numbers() {
  yield 1;
}

export async function sum() {
  let total = 0;
  for await (const number of numbers()) total += number;
  for await (const number of numbers()) total += number;
  return total;
}
