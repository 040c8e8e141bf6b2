export abstract class Runner {
  protected running = true;
  protected async beforeStep(): Promise<void> {}
  abstract step(): boolean;
  async run(): Promise<void> {
    while (this.running) {
      await this.beforeStep();
      if (!this.step()) this.running = false;
    }
  }
}
export class Slow extends Runner {
  protected override async beforeStep(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  step(): boolean {
    return Math.random() > 0.5;
  }
}
const queue: Array<() => void> = [];
export async function drain(): Promise<void> {
  while (queue.length > 0) {
    queue.shift()?.();
    await Promise.resolve();
  }
}
export const push = (f: () => void): number => queue.push(f);
export async function read(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
}
export async function flushMicrotasks(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await Promise.resolve();
}
type Hook = () => Promise<void>;
export async function untilDone(isDone: () => Promise<boolean>, hooks: Hook[]): Promise<void> {
  while (!(await isDone())) {
    for (const hook of hooks) await hook();
  }
}
