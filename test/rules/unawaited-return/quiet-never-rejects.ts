async function settings(): Promise<{ theme: string }> {
  return { theme: 'dark' };
}

/** What never rejects cannot be missed by the `catch`. */
export async function withCatchOnly() {
  try {
    return settings();
  } catch {
    return { theme: 'light' };
  }
}
