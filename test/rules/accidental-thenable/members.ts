export const menu = {
  label: 'File',
  then() {
//^^^^ accidental-thenable object
    console.log('next');
  },
};

export const arrow = {
  then: () => 42,
//^^^^ accidental-thenable object
};

const then = () => 'next';
export const shorthand = { then };
//                         ^^^^ accidental-thenable object

export class Wizard {
  then(): string {
//^^^^ accidental-thenable class
    return 'next step';
  }
}

export class Steps {
  readonly #steps: (() => void)[] = [];

  then(step: () => void): this {
//^^^^ accidental-thenable class
    this.#steps.push(step);
    return this;
  }
}

export class Field {
  then = (): number => 1;
//^^^^ accidental-thenable class
}

export const patched: { label: string; then?: () => void } = { label: 'a' };
const registry: Record<string, unknown> = {};
Object.assign(registry, patched);

export class Flow {
  readonly #steps: (() => void)[] = [];

  get then(): (step: () => void) => void {
//    ^^^^ accidental-thenable class
    return (step) => {
      this.#steps.push(step);
    };
  }
}

class Wizard {
  readonly steps: string[] = [];
}

Object.defineProperty(Wizard.prototype, 'then', {
  value(this: Wizard, step: string) {
    this.steps.push(step);
  },
});
export { Wizard };

/** One word alone says nothing. */
export const story = {
  done: false,
  then() {
//^^^^ accidental-thenable object
    return 'the end';
  },
};

/** Steps that run at once: whoever awaits the object gets nothing instead of it. */
export class Chain {
  then(step: () => void): this {
//^^^^ accidental-thenable class
    step();
    return this;
  }
}

export class Queue {
  steps: (() => void)[] = [];

  then(step: () => void): this {
//^^^^ accidental-thenable class
    this.steps = this.steps.concat(step);
    return this;
  }
}
