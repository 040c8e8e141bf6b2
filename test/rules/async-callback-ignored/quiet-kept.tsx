import { useCallback, useState } from 'react';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

declare function save(text: string): Promise<void>;
declare function useEventCallback<F extends (...args: never[]) => unknown>(callback: F): F;

/** Who calls what `useCallback` gives calls the function in it, which handles its errors. */
export function Form({ text }: { text: string }) {
  const submit = useCallback(async () => {
    try {
      await save(text);
    } catch (error) {
      console.error(error);
    }
  }, [text]);
  const keep = useEventCallback(async () => {
    try {
      await save(text);
    } catch (error) {
      console.error(error);
    }
  });
  return (
    <form onSubmit={keep}>
      <button onClick={submit}>Save</button>
      <button onClick={() => submit()}>Save</button>
    </form>
  );
}

/** The setter of a state asks for another rendering, and does not fail. */
export function Message({ text }: { text: string }) {
  const [mode, setMode] = useState('');
  const [problem, setProblem] = useState<string>();
  const send = async (isLast: boolean) => {
    if (mode !== '') return;
    setMode(isLast ? 'last' : 'next');
    setProblem(undefined);
    try {
      await save(text);
    } catch (error) {
      setProblem(String(error));
      setMode('');
    }
  };
  return (
    <button onClick={() => send(true)}>
      {mode}
      {problem}
    </button>
  );
}

/** A bound method is that method. */
export class Answers {
  readonly server = createServer(this.answer.bind(this));

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await save(request.url ?? '');
      response.end();
    } catch (error) {
      console.error(error);
      response.end('failed');
    }
  }
}
