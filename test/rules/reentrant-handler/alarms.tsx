import { createOrder } from './lib.ts';

export function Order({ id }: { id: string }): JSX.Element {
  const onPay = async (): Promise<void> => {
    await fetch('/pay', { method: 'POST', body: id });
//        ^^^^^ reentrant-handler again
//        related alarms.tsx:13 "called at every event"
  };
  return (
    <form onSubmit={async () => await createOrder(id)}>
//                                    ^^^^^^^^^^^ reentrant-handler again
//                                    related alarms.tsx:10 "called at every event"
      <button onClick={onPay}>Pay</button>
      <button onClick={() => onPay()}>Pay</button>
    </form>
  );
}

export function listen(button: HTMLButtonElement, id: string): void {
  button.addEventListener('click', async () => {
    await createOrder(id);
//        ^^^^^^^^^^^ reentrant-handler again
//        related alarms.tsx:20 "called at every event"
  });
}
