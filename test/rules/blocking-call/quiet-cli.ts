#!/usr/bin/env node
import { Command } from 'commander';
import { pack, publish } from './quiet-commands.ts';

async function main(): Promise<void> {
  const { prepare } = await import('./quiet-commands.ts');
  await prepare();
  new Command().command('pack').action(async () => {
    await pack('.');
  });
  new Command().command('publish').action(publish);
}

main().catch(() => {
  process.exitCode = 1;
});
