import { useCallback, useEffect, useState } from 'react';
import { loadUser, report, type User } from './lib.ts';

export function useByArgument(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);
  const load = async (wanted: string): Promise<void> => {
    const loaded = await loadUser(wanted);
    setUser(loaded);
//  ^^^^^^^ stale-result effect
//  related outside.tsx:7 "this may take any time"
//  related outside.tsx:16 "the effect runs again when this changes"
  };

  useEffect(() => {
    load(id).catch(report);
  }, [id]);

  return user;
}

export function useByCallback(id: string): User | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);
  const load = useCallback(async (): Promise<void> => {
    setUser(await loadUser(id));
//  ^^^^^^^ stale-result effect
//  related outside.tsx:24 "this may take any time"
//  related outside.tsx:32 "the effect runs again when this changes"
  }, [id]);

  useEffect(() => {
    load().catch(report);
  }, [load]);

  return user;
}

// Nothing that changes goes into it.
export function useOnce(id: string): string | undefined {
  const [user, setUser] = useState<User | undefined>(undefined);
  const load = useCallback(async (): Promise<void> => {
    setUser(await loadUser('me'));
  }, []);

  useEffect(() => {
    load().catch(report);
  }, [load, id]);

  return user?.name;
}
