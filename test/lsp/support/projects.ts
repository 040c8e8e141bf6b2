import { onTestFinished } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../harness/temporary-folder.ts';
import { Client, type ClientOptions } from './client.ts';

/** A function whose promise rejects, and one that drops it: `floating-promise` in line 6 of `click.ts`. */
export const saveAndClick: Readonly<Record<string, string>> = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext", "types": [] } }',
  'save.ts': "export async function save(id: number): Promise<void> {\n  if (id < 0) throw new Error('no id');\n}\n",
  'click.ts':
    "import { save } from './save';\n\n// Called by the button.\n\nexport function click() {\n  save(1);\n}\n",
};

export interface Session {
  readonly folder: TemporaryFolder;
  readonly client: Client;
}

/** A folder of files and an editor on it; both end with the test. */
export async function edit(
  files: Readonly<Record<string, string>>,
  options: Partial<ClientOptions> & { readonly stops?: boolean } = {},
): Promise<Session> {
  const folder = await temporaryFolder(files);
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const client = await Client.start({ folders: [folder.path], pulls: true, ...options });
  if (options.stops !== false) onTestFinished(() => client.stop());
  return { folder, client };
}
