declare function release(): void;

async function settings(): Promise<{ theme: string }> {
  return { theme: 'dark' };
}

export async function orderCounts() {
  try {
    return settings();
//         ^^^^^^^^^^ unawaited-return tooEarly
//         related never-rejects-finally.ts:12 "runs as soon as the promise is returned"
  } finally {
    release();
  }
}
