declare function poll(): Promise<void>;
declare function sleep(ms: number): Promise<void>;

export async function watch(): Promise<void> {
  while (true) {
//^^^^^ detached-loop endless
    try {
      await poll();
      await sleep(1000);
    } catch (error) {
      console.error(error);
    }
  }
}

export async function keepAlive(): Promise<void> {
  for (;;) {
//^^^ detached-loop endless
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1000);
    });
    console.log('alive');
  }
}

export function refresh(): void {
  console.log('again');
  setTimeout(refresh, 1000);
//^^^^^^^^^^ detached-loop rescheduled
}

export async function sync(): Promise<void> {
  await poll();
  setTimeout(() => void sync(), 1000);
//^^^^^^^^^^ detached-loop rescheduled
}

async function pause(time: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, time));
}

export function beat(): void {
  void (async () => {
    while (true) {
//  ^^^^^ detached-loop endless
      await fetch('/beat').catch(() => undefined);
      await pause(1000);
    }
  })();
}
