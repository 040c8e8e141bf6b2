declare function closeAll(): Promise<void>;

async function stop(): Promise<void> {
  await closeAll();
}

process.on('SIGINT', stop);
//                   ^^^^ async-callback-ignored ignored
//                   related same-function.ts:4 "can reject here"
process.on('SIGTERM', stop);

process.on('exit', () => {});
process.on('SIGQUIT', stop);
//                    ^^^^ async-callback-ignored ignored
//                    related same-function.ts:4 "can reject here"
