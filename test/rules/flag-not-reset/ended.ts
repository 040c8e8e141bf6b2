import { fetchItems } from './lib.ts';

interface Disposable {
  dispose(): void;
}

interface Input extends Disposable {
  busy: boolean;
  items: readonly unknown[];
  onDidHide(listener: () => void): Disposable;
}

declare function createInput(): Input;

// Only the listener goes; the input stays, and looks busy.
export async function picked(): Promise<Input> {
  const disposables: Disposable[] = [];
  const input = createInput();
  try {
    disposables.push(input.onDidHide(() => console.log('hidden', input.busy)));
    input.busy = true;
//  ^^^^^^^^^^ flag-not-reset left
//  related ended.ts:25 "leaves from here when it fails"
//  related ended.ts:26 "cleared only when all went well"
    input.items = await fetchItems();
    input.busy = false;
    return input;
  } finally {
    disposables.forEach((each) => void each.dispose());
  }
}
