import { useCallback } from 'react';
import { createOrder } from './lib.ts';

export function Editor({ id }: { id: string }): JSX.Element {
  const onSave = useCallback(async () => {
    await createOrder(id);
//        ^^^^^^^^^^^ reentrant-handler again
//        related callbacks.tsx:10 "called at every event"
  }, [id]);
  return <form onSubmit={() => void onSave().catch(console.error)} />;
}
