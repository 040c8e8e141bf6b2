export async function atOnce(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
//           ^^^^^ retry-without-backoff atOnce
    } catch (error) {
      console.error(error);
    }
  }
  throw new Error('gave up');
}

export async function forEver(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
//           ^^^^^ retry-without-backoff forEver
    } catch {
      console.error('once more');
    }
  }
}

export async function endless(url: string): Promise<Response> {
  for (;;) {
    try {
      const response = await fetch(url);
//                     ^^^^^ retry-without-backoff endless
      if (response.ok) return response;
    } catch {
      await sleep(1000);
    }
  }
}

export async function counted(url: string): Promise<Response> {
  let attempts = 0;
  while (true) {
    try {
      return await fetch(url);
//           ^^^^^ retry-without-backoff atOnce
    } catch (error) {
      attempts += 1;
      if (attempts > 3) throw error;
    }
  }
}

declare function sleep(milliseconds: number): Promise<void>;
