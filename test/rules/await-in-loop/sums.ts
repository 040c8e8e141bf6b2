export interface Market {
  price(symbol: string): Promise<number>;
}

export async function valueOf(portfolio: Map<string, number>, market: Market): Promise<number> {
  let total = 0;
  for (const [symbol, count] of portfolio) {
    const price = await market.price(symbol);
//                ^^^^^ await-in-loop oneByOne
    total += price * count;
  }
  return total;
}
