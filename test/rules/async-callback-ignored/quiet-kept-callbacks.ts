import { save } from './lib';

/** Whoever clicks waits for what the member gives, whatever the constructor's parameter says. */
class Button {
  onClick?: (times: number) => void | Promise<void>;

  constructor(onClick: (times: number) => void) {
    this.onClick = onClick;
  }
}

/** As the value of a variable. */
const Toggle = class extends Button {
  constructor(onClick?: (times: number) => void) {
    super(() => {});
    this.onClick = onClick;
  }
};

export function toggle() {
  return new Toggle(async () => save());
}

export function button() {
  return new Button(async () => {
    await save();
  });
}

export function follow(task: Promise<void>) {
  // The chain goes on without an outcome, and without an error.
  task.finally(() => save()).catch(() => {});
}

declare function debounce(wait: number): (method: unknown, context: { readonly name: string | symbol }) => void;

class Branches {
  // A timer runs it, and the call itself gives nothing.
  @debounce(100)
  async accessed(id: string): Promise<void> {
    await save(id);
  }
}

export function accessed(branches: Branches) {
  queueMicrotask(() => branches.accessed('main'));
}
