declare function request(id: string): Promise<Response>;
declare function report(error: unknown): void;

/** The call goes through the same `catch`. */
export async function retry(id: string, left: number): Promise<string> {
  try {
    const response = await request(id);
    if (response.status === 403 && left > 0) {
      return retry(id, left - 1);
    }
    return await response.text();
  } catch (error) {
    report(error);
    return '';
  }
}

export class Client {
  async send(id: string, again: boolean): Promise<string> {
    try {
      const response = await request(id);
      if (again) return this.send(id, false);
      return await response.text();
    } catch (error) {
      report(error);
      throw error;
    }
  }

  async stated(id: string): Promise<Response> {
    try {
      await request('first');
      // Not awaited on purpose, so that the error is reported once.
      return request(id);
    } catch (error) {
      report(error);
      throw error;
    }
  }
}

/** Nothing rejects this promise; the `catch` is there for the constructor. */
export async function ping(url: string): Promise<boolean> {
  try {
    const socket = new WebSocket(url);
    return new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('error', () => resolve(false));
    });
  } catch {
    return false;
  }
}

/** The `catch` is there for the address, and goes on with the same promise. */
export async function open(address: string): Promise<Response> {
  const answer = request(address);
  try {
    if (new URL(address).protocol !== 'https:') return answer;
    report('opened');
  } catch {
    return answer;
  }
  return await answer;
}

/** The outer function goes through the `catch` again. */
export async function render(id: string, plain: boolean): Promise<string> {
  const attempt = async (): Promise<string> => {
    try {
      const response = await request(id);
      if (response.status === 500) return render(id, true);
      return await response.text();
    } catch (error) {
      report(error);
      return '';
    }
  };
  return plain ? id : await attempt();
}
