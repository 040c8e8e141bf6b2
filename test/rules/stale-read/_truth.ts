/** For each function in which the rule finds something: two tasks, and whether all is well after both. */
import { sent, store } from './lib';
import { getCount, setCount } from './lib-state';
import { turn } from './lib-turns';

interface Truth {
  readonly tasks: readonly [() => unknown, () => unknown];
  readonly isSound: () => boolean;
}

type Module<T> = T;

export function reset(): void {
  sent.length = 0;
  store.kept.clear();
}

export const truths = {
  'lost.ts add': ({ Meter }: Module<typeof import('./lost')>): Truth => {
    const meter = new Meter();
    return { tasks: [() => meter.add(), () => meter.add()], isSound: () => meter.total === 2 };
  },
  'lost.ts increment': ({ Meter }: Module<typeof import('./lost')>): Truth => {
    const meter = new Meter();
    return { tasks: [() => meter.increment(), () => meter.increment()], isSound: () => meter.count === 2 };
  },
  'lost.ts name': ({ Meter }: Module<typeof import('./lost')>): Truth => {
    const meter = new Meter();
    return { tasks: [() => meter.name('a'), () => meter.name('b')], isSound: () => meter.names.length === 2 };
  },
  'lost.ts remember': (module: Module<typeof import('./lost')>): Truth => {
    const isSound = () => Object.keys(module.byKey).length === 2;
    return { tasks: [() => module.remember('a'), () => module.remember('b')], isSound };
  },
  'lost.ts countUp': ({ countUp, counts }: Module<typeof import('./lost')>): Truth => {
    return { tasks: [() => countUp('a'), () => countUp('a')], isSound: () => counts.get('a') === 2 };
  },
  'lost.ts take': ({ take, numbers }: Module<typeof import('./lost')>): Truth => {
    return { tasks: [() => take(), () => take()], isSound: () => numbers.next === 3 };
  },
  'cleared.ts flush': ({ Outbox }: Module<typeof import('./cleared')>): Truth => {
    const outbox = new Outbox();
    outbox.add('a');
    const isSound = () => [...sent, ...outbox.waiting].includes('b');
    return { tasks: [() => outbox.flush(), () => outbox.add('b')], isSound };
  },
  'cleared.ts close': ({ Closing }: Module<typeof import('./cleared')>): Truth => {
    const closing = new Closing();
    closing.put('a');
    let isTaken = false;
    const put = () => {
      isTaken = closing.isOpen;
      closing.put('b');
    };
    const isSound = () => !isTaken || [...sent, ...closing.items].includes('b');
    return { tasks: [() => closing.close(), put], isSound };
  },
  'cleared.ts report': ({ Outbox }: Module<typeof import('./cleared')>): Truth => {
    const outbox = new Outbox();
    outbox.add('a');
    const isSound = () => sent.map(Number).reduce((sum, bytes) => sum + bytes, outbox.bytes) === 3;
    return { tasks: [() => outbox.report(), () => outbox.add('bb')], isSound };
  },
  'cleared.ts sendSeen': ({ Outbox }: Module<typeof import('./cleared')>): Truth => {
    const outbox = new Outbox();
    outbox.add('a');
    const isSound = () => [...sent, ...outbox.seen].includes('b');
    return { tasks: [() => outbox.sendSeen(), () => outbox.add('b')], isSound };
  },
  'replaced.ts onPaused': ({ Thread }: Module<typeof import('./replaced')>): Truth => {
    const thread = new Thread({ on: () => undefined });
    const isSound = () => thread.shown.includes('a') && thread.shown.includes('b');
    return { tasks: [() => thread.onPaused('a'), () => thread.onPaused('b')], isSound };
  },
  'replaced.ts onStarted': ({ Session }: Module<typeof import('./replaced')>): Truth => {
    const session = new Session({ on: () => undefined });
    const isSound = () => session.loaded.includes('a') && session.loaded.includes('b');
    return { tasks: [() => session.onStarted('a'), () => session.onStarted('b')], isSound };
  },
  'swapped.ts async': ({ Workspace }: Module<typeof import('./swapped')>): Truth => {
    const workspace = new Workspace();
    const got: (string | undefined)[] = [];
    const isSound = () => got[0] === 'RECENT';
    return { tasks: [() => workspace.prepare(), async () => void got.push(await workspace.getRoot())], isSound };
  },
  'derived.ts addMeasured': ({ Basket }: Module<typeof import('./derived')>): Truth => {
    const basket = new Basket();
    return { tasks: [() => basket.addMeasured(), () => basket.addMeasured()], isSound: () => basket.total === 2 };
  },
  'derived.ts remove': ({ Basket }: Module<typeof import('./derived')>): Truth => {
    const basket = new Basket();
    basket.items = ['a', 'b'];
    return { tasks: [() => basket.remove('a'), () => basket.remove('b')], isSound: () => basket.items.length === 0 };
  },
  'derived.ts append': ({ Basket }: Module<typeof import('./derived')>): Truth => {
    const basket = new Basket();
    const isSound = () => basket.state.items.length === 2;
    return { tasks: [() => basket.append('a'), () => basket.append('b')], isSound };
  },
  'derived.ts hit': ({ hit }: Module<typeof import('./derived')>): Truth => {
    return { tasks: [() => hit('a'), () => hit('a')], isSound: () => store.kept.get('a') === 2 };
  },
  'pending.ts request': ({ Api }: Module<typeof import('./pending')>): Truth => {
    let isFresh = true;
    const api = new Api(([header]) => {
      isFresh &&= header === `Bearer ${api.token}`;
    });
    return { tasks: [() => api.request(), () => api.refresh()], isSound: () => isFresh };
  },
  'accessors.ts countMeasured': ({ countMeasured }: Module<typeof import('./accessors')>): Truth => {
    setCount(0);
    return { tasks: [() => countMeasured(), () => countMeasured()], isSound: () => getCount() === 2 };
  },
  'old-object.ts addToCart': ({ addToCart, getState }: Module<typeof import('./old-object')>): Truth => {
    globalThis.fetch = async () => {
      await turn('fetch');
      return new Response();
    };
    const isSound = () => getState().items.length === 2;
    return { tasks: [() => addToCart('a'), () => addToCart('b')], isSound };
  },
  'newer.ts show': ({ Preview }: Module<typeof import('./newer')>): Truth => {
    const preview = new Preview();
    return knownWhileUnderWay((key) => preview.show(key), () => preview.controller !== undefined);
  },
  'newer.ts reload': ({ Preview }: Module<typeof import('./newer')>): Truth => {
    const preview = new Preview();
    return knownWhileUnderWay((key) => preview.reload(key), () => preview.loading.has('a'));
  },
  'newer.ts reloadAll': ({ Preview }: Module<typeof import('./newer')>): Truth => {
    const preview = new Preview();
    return knownWhileUnderWay((key) => preview.reloadAll([key]), () => preview.loading.has('a'));
  },
};

/** Two calls of the same; all is well if one that is still under way can be found when the other one is over. */
function knownWhileUnderWay(call: (key: string) => Promise<unknown>, isKnown: () => boolean): Truth {
  let underWay = 0;
  let isSound = true;
  const task = async () => {
    underWay++;
    await call('a');
    underWay--;
    if (underWay > 0 && !isKnown()) isSound = false;
  };
  return { tasks: [task, task], isSound: () => isSound };
}
