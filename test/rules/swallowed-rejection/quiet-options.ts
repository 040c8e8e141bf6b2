// @options {"bestEffort": ["sendHeartbeat"]}
export declare function sendHeartbeat(): Promise<void>;

export async function beat(): Promise<void> {
  sendHeartbeat().catch(() => {});
  try {
    await sendHeartbeat();
  } catch {}
}
