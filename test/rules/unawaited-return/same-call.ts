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
//                     related same-call.ts:18 "handles only what is thrown before the return"
    const second = await work();
    if (!second) return abort();
    return second;
  } catch (error) {
    console.error(error);
    return 'failed';
  }
}
