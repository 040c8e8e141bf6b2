interface Bucket {
  list(after?: string): Promise<string[]>;
  remove(key: string): Promise<void>;
}

/** The loop around asks once a page. */
export async function purge(bucket: Bucket, prefix: string, signal: AbortSignal): Promise<number> {
  let removed = 0;
  let keys = await bucket.list();
  while (keys.length > 0) {
    signal.throwIfAborted();
    for (const key of keys) {
      if (!key.startsWith(prefix)) continue;
      await bucket.remove(key);
      removed++;
    }
    keys = await bucket.list(keys.at(-1));
  }
  return removed;
}
