declare function refund(id: string): Promise<void>;
declare function load(id: string): Promise<string>;

/** The caller sees the same rejection either way; who adds a line to this handler later does not. */
export async function cancel(id: string): Promise<string> {
  try {
    await refund(id);
    return load(id);
//         ^^^^^^^^ unawaited-return uncaught
//         related rethrown.ts:11 "handles only what is thrown before the return"
  } catch (error) {
    throw error;
  }
}
