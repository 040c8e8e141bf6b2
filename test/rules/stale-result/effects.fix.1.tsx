import { useEffect, useState } from 'react';
import { loadUser, report, type User } from './lib.ts';

export function useUser(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    let ignore = false;
    loadUser(id).then((loaded) => !ignore && setUser(loaded)).catch(report);
    return () => {
      ignore = true;
    };
  }, [id]);

  return user;
}

export function useUserOf(props: { id: string }): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    let ignore = false;
    loadUser(props.id).then((value) => { if (!ignore) setUser(value); }, report);
    return () => {
      ignore = true;
    };
  }, [props.id]);

  return user;
}

export function useName(id: string): string {
  const [name, setName] = useState('');
  const [loading, setLoading] = useState(false);

  useEffect(() => {
    let ignore = false;
    const load = async (): Promise<void> => {
      setLoading(true);
      try {
        const path = `/users/${id}`;
        const response = await fetch(path);
        const { name: found } = (await response.json()) as User;
        if (!ignore) setName(found);
      } finally {
        setLoading(false);
      }
    };
    load().catch(report);
    return () => {
      ignore = true;
    };
  }, [id]);

  return loading ? '' : name;
}

export function useProfile(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    async function load(): Promise<void> {
      const response = await fetch(`/users/${id}`);
      setUser((await response.json()) as User);
    }
    load().catch(report);
  }, [id]);

  return user;
}
