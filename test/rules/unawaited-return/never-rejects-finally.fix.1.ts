declare function release(): void;

async function settings(): Promise<{ theme: string }> {
  return { theme: 'dark' };
}

export async function orderCounts() {
  try {
    return await settings();
  } finally {
    release();
  }
}
