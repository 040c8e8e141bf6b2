import fs from 'node:fs';

// The command line is the only caller of all of these, and nobody else waits there.
export async function prepare(): Promise<void> {
  fs.mkdirSync('out', { recursive: true });
}

export async function pack(directory: string): Promise<void> {
  await withRetry(() => write(directory));
  await Promise.all(['a', 'b'].map(async (name) => fs.rmSync(name)));
}

export async function publish(): Promise<void> {
  await fetch('https://example.org').then(async () => fs.readFileSync('out/pack'));
}

async function write(directory: string): Promise<void> {
  fs.writeFileSync(`${directory}/pack`, '');
}

async function withRetry(step: () => Promise<void>): Promise<void> {
  await step().catch(step);
}

export const serve = {
  command: 'clean',
  describe: 'Remove what was built',
  async handler(): Promise<void> {
    fs.rmSync('out', { recursive: true });
  },
};
