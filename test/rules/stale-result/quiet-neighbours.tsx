import { useEffect, useRef, useState } from 'react';
import { loadUser, report, type User } from './lib.ts';

export function useIgnored(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    let ignore = false;
    loadUser(id).then((loaded) => {
      if (!ignore) setUser(loaded);
    }, report);
    return () => {
      ignore = true;
    };
  }, [id]);

  return user;
}

export function useAborted(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    const controller = new AbortController();
    loadUser(id, controller.signal).then(setUser, report);
    return () => controller.abort();
  }, [id]);

  return user;
}

// It runs once.
export function useMe(): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    loadUser('me').then(setUser, report);
  }, []);

  return user;
}

// Every run asks the same.
export function useSame(open: boolean): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    if (open) loadUser('me').then(setUser, report);
  }, [open]);

  return user;
}

// A ref knows which run is the newest.
export function useLatest(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);
  const latest = useRef(id);

  useEffect(() => {
    latest.current = id;
    const load = async (): Promise<void> => {
      const loaded = await loadUser(id);
      if (latest.current !== id) return;
      setUser(loaded);
    };
    load().catch(report);
  }, [id]);

  return user;
}

// Every answer has its own place.
export function useAll(id: string): Record<string, User> {
  const [users, setUsers] = useState<Record<string, User>>({});

  useEffect(() => {
    loadUser(id).then((loaded) => setUsers((before) => ({ ...before, [id]: loaded })), report);
  }, [id]);

  return users;
}

// Nothing is set to the answer.
export function useDone(id: string): boolean {
  const [isDone, setDone] = useState(false);

  useEffect(() => {
    loadUser(id).then(() => setDone(true), report);
  }, [id]);

  return isDone;
}

// Set before the wait.
export function useEarly(id: string): string {
  const [shown, setShown] = useState('');

  useEffect(() => {
    const show = async (): Promise<void> => {
      setShown(id);
      await loadUser(id);
    };
    show().catch(report);
  }, [id]);

  return shown;
}

// A program has one, and it stays.
export function useSettings(projectRoot: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    loadUser(projectRoot).then(setUser, report);
  }, [projectRoot]);

  return user;
}

// A ref lets only the first run ask.
export function useFirst(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);
  const hasAsked = useRef(false);

  useEffect(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    loadUser(id).then(setUser, report);
  }, [id]);

  return user;
}

// A function is made once.
export function useGiven(getUser: (id: string) => string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    loadBy(getUser).then(setUser, report);
  }, [getUser]);

  return user;
}

declare function loadBy(find: (id: string) => string): Promise<User>;
