declare function it(name: string, run: (done: (error?: unknown) => void) => unknown): void;
declare function beforeEach(run: (done: () => void) => unknown): void;
declare function save(): Promise<void>;
declare function expect(value: unknown): { toBe(other: unknown): void };

it('saves', async () => {
  await save();
});

it('saves later', async (done) => {
  await save();
  setTimeout(done, 10);
});

beforeEach(async () => {
  await save();
  expect(1).toBe(1);
});

it('does both', (done) => {
  save().then(() => {
    expect(1).toBe(1);
    done();
  });
});
