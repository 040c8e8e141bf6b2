// @options {"rethrown": false}
declare function load(id: string): Promise<string>;
declare function login(): Promise<void>;

/** A `catch` that only throws the same error again handles nothing. */
export async function throwsAgain(id: string): Promise<string> {
  try {
    return load(id);
  } catch (error) {
    throw error;
  }
}

/** What a function gives that calls itself has been through the same `catch`. */
export async function send(id: string): Promise<void> {
  const attempt = async (hasLoggedIn = false): Promise<void> => {
    try {
      const answer = await load(id);
      if (answer === 'unauthorized' && !hasLoggedIn) {
        await login();
        return attempt(true);
      }
    } catch (error) {
      console.error('not sent', error);
      throw error;
    }
  };
  await attempt();
}

/** The `catch` would make the very same call. */
export async function indexed(id: string): Promise<string> {
  try {
    const found = await load('index');
    if (found === '') return load(id);
    return found;
  } catch {
    return load(id);
  }
}
