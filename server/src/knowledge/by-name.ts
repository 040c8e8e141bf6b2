/**
 * Keeps what is said about names: code uses few of them, and each often. What was kept is let go when it has become much,
 * because an editor's process goes on for days.
 */
export function byName<T>(say: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const kept = known.get(name);
    if (kept !== undefined || known.has(name)) return kept as T;
    if (known.size >= most) known.clear();
    const said = say(name);
    known.set(name, said);
    return said;
  };
}

const most = 20_000;
