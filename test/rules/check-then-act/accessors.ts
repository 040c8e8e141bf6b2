import { connect, type Connection, load } from './lib';
import { getConnection, getName, getReady, type Session, setConnection, setName, setReady } from './lib-state';

export async function connectOnce(): Promise<Connection> {
  const known = getConnection();
  if (known) return known;
  const made = await connect();
  setConnection(made);
//^^^^^^^^^^^^^ check-then-act doubled
// related accessors.ts:5 "1 checks `getConnection()`"
// related accessors.ts:7 "2 waits here, and other tasks run"
// related accessors.ts:5 "3 another call checks, and finds the same"
// related accessors.ts:8 "4 both write `connection`"
  return made;
}

export async function nameOf(key: string): Promise<void> {
  if (getName(key) === undefined) setName(key, await load(key));
//                                ^^^^^^^ check-then-act doubled
//                                related accessors.ts:18 "1 checks `getName(key)`"
//                                related accessors.ts:18 "2 waits here, and other tasks run"
//                                related accessors.ts:18 "3 another call checks, and finds the same"
//                                related accessors.ts:18 "4 both write `name`"
}

export class Api {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async request(path: string): Promise<string> {
    if (!this.session.getToken()) this.session.setToken(await load('token'));
//                                ^^^^^^^^^^^^^^^^^^^^^ check-then-act entry
//                                related accessors.ts:34 "1 checks `this.session.getToken()`"
//                                related accessors.ts:34 "2 waits here, and other tasks run"
//                                related accessors.ts:34 "3 another call checks, and finds the same"
//                                related accessors.ts:34 "4 both put the entry into `this.session`"
    return `${path} ${this.session.getToken() ?? ''}`;
  }

  /** The two speak of different things. */
  async prepare(): Promise<void> {
    if (getReady()) return;
    await load('all');
    setReady(true);
  }

  /** Looked at again behind the wait. */
  async refresh(): Promise<void> {
    if (getConnection()) return;
    const made = await connect();
    if (!getConnection()) setConnection(made);
  }
}
