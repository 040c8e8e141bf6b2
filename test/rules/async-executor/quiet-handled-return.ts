export function collect(jobs: readonly Promise<number>[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    if (jobs.length === 0) {
      resolve([]);
      return;
    }
    return Promise.all(jobs).then(resolve, reject);
  });
}
