import { fetchItems } from './lib.ts';

interface Disposable {
  dispose(): void;
}

interface Input extends Disposable {
  busy: boolean;
  items: readonly unknown[];
  show(): void;
  onDidHide(listener: () => void): Disposable;
}

declare function createInput(): Input;

// The input goes with the function, whatever its flag says.
export async function picked(): Promise<readonly unknown[]> {
  const disposables: Disposable[] = [];
  try {
    const input = createInput();
    disposables.push(
      input,
      input.onDidHide(() => console.log('hidden', input.busy)),
    );
    input.busy = true;
    input.show();
    input.items = await fetchItems();
    input.busy = false;
    return input.items;
  } finally {
    disposables.forEach((each) => void each.dispose());
  }
}

export async function chosen(): Promise<readonly unknown[]> {
  const input = createInput();
  const disposables = [input, input.onDidHide(() => console.log('hidden', input.busy))];
  try {
    input.busy = true;
    input.items = await fetchItems();
    input.busy = false;
    return input.items;
  } finally {
    for (const each of disposables) each.dispose();
  }
}

export async function shown(): Promise<readonly unknown[]> {
  const input = createInput();
  input.onDidHide(() => console.log('hidden', input.busy));
  try {
    input.busy = true;
    input.items = await fetchItems();
    input.busy = false;
    return input.items;
  } finally {
    input.dispose();
  }
}
