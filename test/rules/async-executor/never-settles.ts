declare function start(work: () => void): void;
declare const ready: boolean;

export const unused = new Promise<void>((resolve) => {
//                                       ^^^^^^^ async-executor neverSettled
  start(() => {
    console.log('started');
  });
});

export const onePath = new Promise<void>((resolve) => {
  if (ready) resolve();
//    ^^^^^ async-executor unsettledPath
});

export const fallsThrough = new Promise<string>((resolve, reject) => {
  switch (process.argv[2]) {
//^^^^^^ async-executor unsettledPath
    case 'a':
      resolve('a');
      break;
    case 'b':
      reject(new Error('b'));
      break;
  }
});

export const shortCircuit = new Promise<void>((resolve) => {
  ready && resolve();
//^^^^^ async-executor unsettledPath
});

export const earlyReturn = new Promise<void>((resolve) => {
  if (!ready) {
    console.log('not ready');
    return;
//  ^^^^^^ async-executor unsettledPath
  }
  resolve();
});

function ignore(_done: () => void): void {}
const waiting: (() => void)[] = [];
function remember(done: () => void): void {
  waiting.push(done);
}

export const handedToNobody = new Promise<void>((resolve) => {
//                                               ^^^^^^^ async-executor neverSettled
  ignore(resolve);
});

export const handedOn = new Promise<void>((resolve) => {
  remember(resolve);
});
