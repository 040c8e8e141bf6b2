import { execSync } from 'node:child_process';
import fs from 'node:fs';

const config = JSON.parse(fs.readFileSync('config.json', 'utf8'));
const revision = execSync('git rev-parse HEAD').toString();

class Settings {
  readonly text = fs.readFileSync('settings', 'utf8');

  static {
    fs.mkdirSync('cache', { recursive: true });
  }

  constructor() {
    fs.accessSync('settings');
  }

  get size(): number {
    return fs.statSync('settings').size;
  }
}

async function main(): Promise<void> {
  const text = fs.readFileSync('input', 'utf8');
  await prepare();
  (() => fs.writeFileSync('output', text + revision + config + new Settings().size))();
}

// Only `main` calls it, and only the start of the program calls `main`.
async function prepare(): Promise<void> {
  fs.mkdirSync('out', { recursive: true });
  await Promise.resolve().then(() => fs.rmSync('tmp'));
}

main().catch((error: unknown) => {
  fs.appendFileSync('errors.log', String(error));
  process.exitCode = 1;
});

(async () => {
  fs.readdirSync('.');
})();

process.on('exit', () => fs.rmSync('lock', { force: true }));
