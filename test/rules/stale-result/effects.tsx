import { useEffect, useState } from 'react';
import { loadUser, report, type User } from './lib.ts';

export function useUser(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    loadUser(id).then((loaded) => setUser(loaded)).catch(report);
//                                ^^^^^^^ stale-result effect
//                                related effects.tsx:8 "this may take any time"
//                                related effects.tsx:12 "the effect runs again when this changes"
  }, [id]);

  return user;
}

export function useUserOf(props: { id: string }): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    loadUser(props.id).then(setUser, report);
//                          ^^^^^^^ stale-result effect
//                          related effects.tsx:21 "this may take any time"
//                          related effects.tsx:25 "the effect runs again when this changes"
  }, [props.id]);

  return user;
}

export function useName(id: string): string {
  const [name, setName] = useState('');
  const [loading, setLoading] = useState(false);

  useEffect(() => {
    const load = async (): Promise<void> => {
      setLoading(true);
      try {
        const path = `/users/${id}`;
        const response = await fetch(path);
        const { name: found } = (await response.json()) as User;
        setName(found);
//      ^^^^^^^ stale-result effect
//      related effects.tsx:39 "this may take any time"
//      related effects.tsx:50 "the effect runs again when this changes"
      } finally {
        setLoading(false);
      }
    };
    load().catch(report);
  }, [id]);

  return loading ? '' : name;
}

export function useProfile(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);

  useEffect(() => {
    async function load(): Promise<void> {
      const response = await fetch(`/users/${id}`);
      setUser((await response.json()) as User);
//    ^^^^^^^ stale-result effect
//    related effects.tsx:60 "this may take any time"
//    related effects.tsx:67 "the effect runs again when this changes"
    }
    load().catch(report);
  }, [id]);

  return user;
}
