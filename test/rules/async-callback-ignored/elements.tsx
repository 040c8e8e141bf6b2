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
  useEffect(async () => {
//          ^^^^^ async-callback-ignored effect
    await save(id);
  }, [id]);
  const close = async () => {
    await save(id);
  };
  return (
    <>
      <button onClick={async () => save(id)}>Save</button>
//                     ^^^^^ async-callback-ignored listener
//                     related elements.tsx:27 "can reject here"
//                     related lib.ts:3 "can throw here"
      <button onClick={() => save(id)}>Save</button>
//                           ^^^^ async-callback-ignored listener
//                           related lib.ts:3 "can throw here"
      <Dialog onClose={close} />
//                     ^^^^^ async-callback-ignored listener
//                     related elements.tsx:23 "can reject here"
//                     related lib.ts:3 "can throw here"
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
