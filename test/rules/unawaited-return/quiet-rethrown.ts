// @options {"rethrown": false}
declare function refund(id: string): Promise<void>;
declare function load(id: string): Promise<string>;

/** The caller sees the same rejection either way. */
export async function cancel(id: string): Promise<string> {
  try {
    await refund(id);
    return load(id);
  } catch (error) {
    throw error;
  }
}
