export async function upload(url: string, body: string, tries = 5): Promise<Response> {
  try {
    return await fetch(url, { method: 'PUT', body });
//         ^^^^^ retry-without-backoff atOnce
  } catch (error) {
    if (tries <= 1) throw error;
    return upload(url, body, tries - 1);
  }
}
