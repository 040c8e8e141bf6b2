export class Query<T> implements PromiseLike<T> {
  constructor(private readonly run: () => Promise<T>) {}
  then<A = T, B = never>(ok?: ((value: T) => A | PromiseLike<A>) | null, no?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<A | B> {
    return this.run().then(ok, no);
  }
}
export const fake = {
  then(resolve: (value: number) => void) {
    resolve(1);
  },
};
export const ifNode = { type: 'if', test: 1, then: 'block', else: null };
export const schema = { if: { type: 'string' }, then: { minLength: 1 } };
