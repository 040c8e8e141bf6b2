interface Runner {
  query(text: string): Promise<string[]>;
  release(): Promise<void>;
}
declare function createRunner(mode: string): Runner;

export async function version(): Promise<string | undefined> {
  const runner = createRunner('master');
  try {
    await runner.query('SELECT 1');
  } finally {
    await runner.release();
  }
  const [first] = await createRunner('master').query('SELECT VERSION()');
//                      ^^^^^^^^^^^^ unclosed-resource dropped
//                      related example.ts:12 "is closed here"
  return first;
}
