declare function it(name: string, run: () => void): void;

it('adds', async () => {
  console.log(1 + 1);
});
