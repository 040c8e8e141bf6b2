/** For each function in which the rule finds something: two tasks, and whether all is well after both. */
import { log } from './lib';
import { Session, setConnection } from './lib-state';

let keys = 0;

interface Truth {
  readonly tasks: readonly [() => unknown, () => unknown];
  readonly isSound: () => boolean;
}

type Module<T> = T;

function times(entry: string): number {
  return log.filter((one) => one === `${entry} begins`).length;
}

function comesBefore(first: string, second: string): boolean {
  return log.includes(first) && log.indexOf(first) < log.indexOf(second);
}

export function reset(): void {
  log.length = 0;
}

export const truths = {
  'fields.ts connection': ({ Client }: Module<typeof import('./fields')>): Truth => {
    const client = new Client();
    return { tasks: [() => client.connection(), () => client.connection()], isSound: () => times('connect') === 1 };
  },
  'fields.ts currentSettings': ({ Client }: Module<typeof import('./fields')>): Truth => {
    const client = new Client();
    const task = () => client.currentSettings();
    return { tasks: [task, task], isSound: () => times('load settings') === 1 };
  },
  'fields.ts prepare': ({ Client }: Module<typeof import('./fields')>): Truth => {
    const client = new Client();
    return { tasks: [() => client.prepare(), () => client.prepare()], isSound: () => times('migrate') === 1 };
  },
  'fields.ts short': ({ Client }: Module<typeof import('./fields')>): Truth => {
    const client = new Client();
    return { tasks: [() => client.short(), () => client.short()], isSound: () => times('connect') === 1 };
  },
  'fields.ts start': ({ Runner }: Module<typeof import('./fields')>): Truth => {
    const runner = new Runner();
    return { tasks: [() => runner.start(), () => runner.start()], isSound: () => times('load jobs') === 1 };
  },
  'variables.ts shared': ({ shared }: Module<typeof import('./variables')>): Truth => {
    return { tasks: [() => shared(), () => shared()], isSound: () => times('connect') === 1 };
  },
  'variables.ts twice': ({ twice }: Module<typeof import('./variables')>): Truth => {
    return { tasks: [() => twice(), () => twice()], isSound: () => times('migrate') === 1 };
  },
  'maps.ts cached': ({ cached }: Module<typeof import('./maps')>): Truth => {
    return { tasks: [() => cached('a'), () => cached('a')], isSound: () => times('load a') === 1 };
  },
  'maps.ts viaVariable': ({ viaVariable }: Module<typeof import('./maps')>): Truth => {
    return { tasks: [() => viaVariable('a'), () => viaVariable('a')], isSound: () => times('load a') === 1 };
  },
  'maps.ts byFallback': ({ byFallback }: Module<typeof import('./maps')>): Truth => {
    return { tasks: [() => byFallback('a'), () => byFallback('a')], isSound: () => times('load a') === 1 };
  },
  'helpers.ts use': ({ Service }: Module<typeof import('./helpers')>): Truth => {
    const service = new Service();
    return { tasks: [() => service.use(), () => service.use()], isSound: () => times('connect') === 1 };
  },
  'helpers.ts session': ({ Service }: Module<typeof import('./helpers')>): Truth => {
    const service = new Service();
    return { tasks: [() => service.session('a'), () => service.session('a')], isSound: () => times('load a') === 1 };
  },
  'helpers.ts attachAll': ({ Service }: Module<typeof import('./helpers')>): Truth => {
    const service = new Service();
    const task = () => service.attachAll(['a']);
    return { tasks: [task, task], isSound: () => times('load a') === 1 };
  },
  'helpers.ts ready': ({ Service }: Module<typeof import('./helpers')>): Truth => {
    const service = new Service();
    return { tasks: [() => service.ready(), () => service.ready()], isSound: () => times('migrate') === 1 };
  },
  'repeats.ts use': ({ Ready }: Module<typeof import('./repeats')>): Truth => {
    const ready = new Ready();
    return { tasks: [() => ready.use(), () => ready.use()], isSound: () => times('migrate') === 1 };
  },
  'repeats.ts close': ({ Ready }: Module<typeof import('./repeats')>): Truth => {
    const ready = new Ready();
    return { tasks: [() => ready.close(), () => ready.close()], isSound: () => times('load rest') === 1 };
  },
  'repeats.ts push': ({ Queue }: Module<typeof import('./repeats')>): Truth => {
    const queue = new Queue();
    return { tasks: [() => queue.push('a'), () => queue.push('b')], isSound: () => times('connect') === 1 };
  },
  'early.ts handler': ({ handler }: Module<typeof import('./early')>): Truth => {
    const isSound = () => comesBefore('migrate ends', 'load b begins') && comesBefore('migrate ends', 'load a begins');
    return { tasks: [() => handler('a'), () => handler('b')], isSound };
  },
  'early.ts respond': ({ respond }: Module<typeof import('./early')>): Truth => {
    const task = async (url: string): Promise<void> => {
      await respond(url);
      log.push(`responded ${url}`);
    };
    return { tasks: [() => task('a'), () => task('b')], isSound: () => comesBefore('migrate ends', 'responded b') };
  },
  'early.ts read': ({ Store }: Module<typeof import('./early')>): Truth => {
    const store = new Store();
    const task = async (): Promise<void> => void log.push(`read ${await store.read()}`);
    return { tasks: [task, task], isSound: () => !log.includes('read ') };
  },
  'overtaken.ts open': ({ Channel }: Module<typeof import('./overtaken')>): Truth => {
    const channel = new Channel();
    return { tasks: [() => channel.open(), () => channel.close()], isSound: () => channel.state === 'closed' };
  },
  'overtaken.ts start': ({ ByHelper }: Module<typeof import('./overtaken')>): Truth => {
    const channel = new ByHelper();
    return { tasks: [() => channel.start(), () => channel.leave()], isSound: () => channel.state === 'closed' };
  },
  'overtaken.ts poll': ({ Poller }: Module<typeof import('./overtaken')>): Truth => {
    const poller = new Poller();
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const isSound = (): boolean => {
      poller.stop();
      return timers() === before;
    };
    // One start after the other has its stop in between.
    const restart = (): void => {
      poller.stop();
      poller.start();
    };
    return { tasks: [restart, restart], isSound };
  },
  'limits.ts withdraw': ({ accounts, withdraw }: Module<typeof import('./limits')>): Truth => {
    const account = { balance: 1 };
    accounts.set('a', account);
    const take = () => withdraw('a', 1).catch(() => undefined);
    return { tasks: [take, take], isSound: () => account.balance === 0 };
  },
  'limits.ts buy': ({ buy, stock }: Module<typeof import('./limits')>): Truth => {
    stock['a'] = 1;
    return { tasks: [() => buy('a'), () => buy('a')], isSound: () => stock['a'] === 0 };
  },
  'limits.ts enter': ({ Gate }: Module<typeof import('./limits')>): Truth => {
    const gate = new Gate();
    return { tasks: [() => gate.enter(), () => gate.enter()], isSound: () => gate.active === 1 };
  },
  'limits.ts async': ({ createLoader }: Module<typeof import('./limits')>): Truth => {
    const loader = createLoader();
    return { tasks: [() => loader(), () => loader()], isSound: () => times('load cached') === 1 };
  },
  'early.ts getChannel': ({ getChannel }: Module<typeof import('./early')>): Truth => {
    let isEarly = false;
    const get = async () => {
      await getChannel();
      isEarly ||= !log.includes('open ends');
    };
    return { tasks: [get, get], isSound: () => !isEarly };
  },
  'helpers.ts campaign': ({ Leader }: Module<typeof import('./helpers')>): Truth => {
    const leader = new Leader();
    return { tasks: [() => leader.campaign(), () => leader.campaign()], isSound: () => times('load vote') === 1 };
  },
  'ended.ts open': ({ Client }: Module<typeof import('./ended')>): Truth => {
    const client = new Client();
    const isSound = () => !client.isClosed || client.connection === undefined;
    return { tasks: [() => client.open(), () => client.close()], isSound };
  },
  'ended.ts dial': ({ Line }: Module<typeof import('./ended')>): Truth => {
    const line = new Line();
    const isSound = () => !line.isClosed || line.connection === undefined;
    return { tasks: [() => line.dial(), () => line.close()], isSound };
  },
  'accessors.ts connectOnce': ({ connectOnce }: Module<typeof import('./accessors')>): Truth => {
    setConnection(undefined);
    return { tasks: [() => connectOnce(), () => connectOnce()], isSound: () => times('connect') === 1 };
  },
  'accessors.ts nameOf': ({ nameOf }: Module<typeof import('./accessors')>): Truth => {
    const key = `key ${String(keys++)}`;
    return { tasks: [() => nameOf(key), () => nameOf(key)], isSound: () => times(`load ${key}`) === 1 };
  },
  'accessors.ts request': ({ Api }: Module<typeof import('./accessors')>): Truth => {
    const api = new Api(new Session());
    return { tasks: [() => api.request('a'), () => api.request('b')], isSound: () => times('load token') === 1 };
  },
  'early-return.ts prepare': ({ prepare }: Module<typeof import('./early-return')>): Truth => {
    let isEarly = false;
    const task = async () => {
      await prepare();
      isEarly ||= !log.includes('migrate ends');
    };
    return { tasks: [task, task], isSound: () => !isEarly };
  },
  'parameters.ts connectionOf': ({ connectionOf }: Module<typeof import('./parameters')>): Truth => {
    const state = { connection: undefined };
    return { tasks: [() => connectionOf(state), () => connectionOf(state)], isSound: () => times('connect') === 1 };
  },
  'ways.ts open': ({ open }: Module<typeof import('./ways')>): Truth => {
    return { tasks: [() => open(), () => open()], isSound: () => times('connect') === 1 };
  },
  'lowered.ts write': ({ Store }: Module<typeof import('./lowered')>): Truth => {
    const store = new Store();
    let isAlone = true;
    const task = (item: string) => () => {
      store.set(item);
      const isBusy = times('save') > log.filter((one) => one === 'save ends').length;
      if (isBusy) isAlone = false;
      return store.write();
    };
    return { tasks: [task('a'), task('b')], isSound: () => isAlone };
  },
  'lowered.ts forget': ({ Store }: Module<typeof import('./lowered')>): Truth => {
    const store = new Store();
    store.loading = Promise.resolve('items');
    const isSound = () => !log.includes('load items begins') || comesBefore('clear ends', 'load items begins');
    return { tasks: [() => store.forget(), () => store.read()], isSound };
  },
};
