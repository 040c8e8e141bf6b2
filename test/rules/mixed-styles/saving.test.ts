declare function it(name: string, run: (done: (error?: unknown) => void) => unknown): void;
declare function beforeEach(run: (done: () => void) => unknown): void;
declare function save(): Promise<void>;
declare function expect(value: unknown): { toBe(other: unknown): void };

it('saves', async (done) => {
//                 ^^^^ mixed-styles done
  await save();
  done();
});

it('saves later', async (done) => {
//                       ^^^^ mixed-styles done
  await save();
  setTimeout(done, 10);
});

beforeEach(async (done) => {
//                ^^^^ mixed-styles done
  await save();
  expect(1).toBe(1);
  done();
});

it('does both', (done) => {
  save().then(() => {
    expect(1).toBe(1);
    done();
//  ^^^^ mixed-styles callbackInThen
  });
});
