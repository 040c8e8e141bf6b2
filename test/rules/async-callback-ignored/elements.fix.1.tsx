import { report, save } from './lib';
import { useEffect } from 'react';

declare global {
  namespace JSX {
    interface IntrinsicElements {
      button: { onClick?: () => void; children?: unknown };
    }
  }
}

declare function Dialog(props: { onClose: () => void }): JSX.Element;
declare namespace JSX {
  interface Element {}
}

export function Editor({ id }: { id: string }) {
  useEffect(() => {
    void (async () => {
      await save(id);
    })();
  }, [id]);
  const close = async () => {
    await save(id);
  };
  return (
    <>
      <button onClick={async () => { try { await save(id); } catch (error) { console.error(error); } }}>Save</button>
      <button onClick={() => void save(id).catch((error: unknown) => console.error(error))}>Save</button>
      <Dialog onClose={close} />
      <button
        onClick={async () => {
          try {
            await save(id);
          } catch (error) {
            report(error);
          }
        }}
      >
        Save
      </button>
      <button onClick={() => void save(id)}>Save</button>
    </>
  );
}
