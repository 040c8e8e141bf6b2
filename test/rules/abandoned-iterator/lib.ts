export async function* lines(path: string): AsyncGenerator<string> {
  try {
    yield path;
  } finally {
    console.log('closed');
  }
}
