interface Context {
  readonly name: string;
}
declare function it(name: string, run: ((done: () => void) => void) | (() => Promise<void>)): void;
declare function test(name: string, run: (context: Context) => Promise<void>): void;
declare function save(): Promise<void>;

it('saves', async () => {
  await save();
});

it('waits', (done) => {
  setTimeout(done, 10);
});

test('has a context', async (context) => {
  await save();
  console.log(context.name);
});
