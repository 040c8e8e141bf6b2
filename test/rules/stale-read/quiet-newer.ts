import { load } from './lib';

export class Preview {
  controller: AbortController | undefined;
  work: Promise<string> | undefined;
  isShowing = false;
  readonly loading = new Map<string, Promise<string>>();
  readonly waiting = new Map<number, Promise<string>>();
  #last = 0;

  /** Takes away only its own. */
  async show(key: string): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    try {
      await load(key);
    } finally {
      if (this.controller === controller) this.controller = undefined;
    }
  }

  /** A second call gets the promise of the first. */
  reload(key: string): Promise<string> {
    const known = this.loading.get(key);
    if (known) return known;
    const loading = load(key).finally(() => this.loading.delete(key));
    this.loading.set(key, loading);
    return loading;
  }

  /** Takes away only its own. */
  reloadNow(key: string): Promise<string> {
    const loading = load(key);
    this.loading.set(key, loading);
    return loading.finally(() => {
      if (this.loading.get(key) === loading) this.loading.delete(key);
    });
  }

  /** Each call has a key of its own. */
  request(key: string): Promise<string> {
    const number = ++this.#last;
    const answer = load(key);
    this.waiting.set(number, answer);
    return answer.finally(() => this.waiting.delete(number));
  }

  /** A second call is turned away. */
  async showOnce(key: string): Promise<void> {
    if (this.isShowing) return;
    this.isShowing = true;
    this.controller?.abort();
    this.controller = new AbortController();
    await load(key);
    this.controller = undefined;
    this.isShowing = false;
  }

  /** One after the other. */
  async next(key: string): Promise<void> {
    const before = this.work;
    await before;
    const work = load(key);
    this.work = work;
    await work;
    this.work = undefined;
  }
}
