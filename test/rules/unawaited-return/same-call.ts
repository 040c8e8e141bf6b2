declare function work(): Promise<string | undefined>;
declare function tell(reason: string): Promise<void>;

// One `await` is missing in each way out, and one finding says so.
export async function join(): Promise<string> {
  const abort = async () => {
    await tell('aborted');
    return 'aborted';
  };
  try {
    const first = await work();
    if (!first) return abort();
//                     ^^^^^^^ unawaited-return uncaught
//                     related same-call.ts:20 "handles only what is thrown before the return"
    const second = await work();
    if (!second) return abort();
    const third = await work();
    if (!third) return abort();
    return third;
  } catch (error) {
    console.error(error);
    return 'failed';
  }
}

export async function cancel(id: string): Promise<string | undefined> {
  try {
    if (await work()) return work();
//                           ^^^^^^ unawaited-return uncaught
//                           related same-call.ts:35 "handles only what is thrown before the return"
    await tell(id);
    return work();
//         ^^^^^^ unawaited-return uncaught
//         related same-call.ts:35 "handles only what is thrown before the return"
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
