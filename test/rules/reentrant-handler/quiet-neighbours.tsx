import { createOrder, loadOrder, setSaving } from './lib.ts';

let isRunning = false;

export function Order({ id, saving }: { id: string; saving: boolean }): JSX.Element {
  // What is only read may be read twice.
  const onLoad = async (): Promise<void> => {
    await loadOrder(id);
  };
  // The control is disabled meanwhile.
  const onPay = async (): Promise<void> => {
    await createOrder(id);
  };
  // State says so.
  const onSave = async (): Promise<void> => {
    setSaving(true);
    await createOrder(id);
  };
  const onGuarded = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    await createOrder(id);
    isRunning = false;
  };
  return (
    <form>
      <button onClick={onLoad}>Load</button>
      <button onClick={onPay} disabled={saving}>
        Pay
      </button>
      <button onClick={onSave}>Save</button>
      <button onClick={onGuarded}>Go</button>
    </form>
  );
}

export function listen(button: HTMLButtonElement, id: string): void {
  button.addEventListener('click', () => createOrder(id), { once: true });
}
