import fs from 'node:fs';

interface CommandModule {
  command: string;
  describe: string;
}

/** A command as yargs wants it, as a class. */
export class CompileCommand implements CommandModule {
  command = 'compile';
  describe = 'Compiles what is there';

  async handler(output: string): Promise<void> {
    await this.collect();
    fs.mkdirSync('out', { recursive: true });
    fs.writeFileSync('out/compiled.js', output);
  }

  private async collect(): Promise<void> {
    fs.readFileSync('out/list');
  }
}
