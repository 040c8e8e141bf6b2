import { useCallback } from 'react';

interface Props {
  readonly onSave: () => void;
}

function Toolbar({ onSave }: Props) {
  return <button onClick={onSave}>Save</button>;
}

export function Editor({ text }: { text: string }) {
  const save = useCallback(async () => {
    const response = await fetch('/document', { method: 'PUT', body: text });
    if (!response.ok) throw new Error('not saved');
  }, [text]);
  const focus = useCallback(() => document.body.focus(), []);
  return (
    <div onClick={focus}>
      <Toolbar onSave={save} />
//                     ^^^^ async-callback-ignored listener
//                     related memoized.tsx:13 "can reject here"
    </div>
  );
}
