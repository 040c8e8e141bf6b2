const seen: number[] = [];

export function tick(): void {
  seen.push(seen.length);
  process.nextTick(tick);
//        ^^^^^^^^ starving-loop recursion
}

export function chain(): void {
  seen.push(0);
  Promise.resolve().then(() => chain()).catch(console.error);
//                  ^^^^ starving-loop recursion
}

export class Worker {
  run(): void {
    seen.push(1);
    queueMicrotask(() => this.run());
//  ^^^^^^^^^^^^^^ starving-loop recursion
  }
}
