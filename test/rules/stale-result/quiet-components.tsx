import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useTransition } from 'react';

declare function api<T>(path: string, init?: { signal?: AbortSignal; method?: string; body?: string }): Promise<T>;

export function Once() {
  const [flags, setFlags] = useState<string[]>([]);
  useEffect(() => {
    api<string[]>('/flags').then(setFlags, console.error);
  }, []);
  return <p>{flags.join()}</p>;
}

export function Mounted({ id }: { id: string }) {
  const [name, setName] = useState('');
  const mounted = useRef(true);
  const latest = useRef(id);
  latest.current = id;
  useEffect(() => () => void (mounted.current = false), []);
  useEffect(() => {
    const run = async () => {
      const { name: loaded } = await api<{ name: string }>(`/users/${id}`);
      if (latest.current !== id || !mounted.current) return;
      setName(loaded);
    };
    run().catch(console.error);
  }, [id]);
  return <b>{name}</b>;
}

export function Keyed({ id }: { id: string }) {
  const [byId, setById] = useState<Record<string, number>>({});
  useEffect(() => {
    api<{ n: number }>(`/count/${id}`)
      .then(({ n }) => setById((old) => ({ ...old, [id]: n })))
      .catch(console.error);
  }, [id]);
  return <i>{byId[id]}</i>;
}

export function Save({ value }: { value: string }) {
  const [state, dispatch] = useReducer((_: string, next: string) => next, 'idle');
  const [isPending, startTransition] = useTransition();
  const save = useCallback(async () => {
    if (state === 'saving') return;
    dispatch('saving');
    try {
      await api('/save', { method: 'POST', body: value });
      dispatch('saved');
    } catch {
      dispatch('failed');
    }
  }, [state, value]);
  const label = useMemo(() => (state === 'saving' ? '…' : 'Save'), [state]);
  return (
    <button disabled={state === 'saving' || isPending} onClick={() => startTransition(() => void save())}>
      {label}
    </button>
  );
}

export function Form() {
  const [error, setError] = useState<string | null>(null);
  async function onSubmit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setError(null);
    try {
      await api('/search', { method: 'GET', body: String(data.get('q')) });
      form.reset();
    } catch (e) {
      setError(String(e));
    }
  }
  return (
    <form onSubmit={(e) => void onSubmit(e)}>
      <input name="q" />
      {error}
    </form>
  );
}

export function Poll() {
  const [n, setN] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const controller = new AbortController();
    const tick = async () => {
      try {
        const { n: next } = await api<{ n: number }>('/n', { signal: controller.signal });
        setN(next);
      } catch (e) {
        if (controller.signal.aborted) return;
        console.error(e);
      }
      if (!controller.signal.aborted) timer = setTimeout(tick, 1000);
    };
    void tick();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, []);
  return <output>{n}</output>;
}
