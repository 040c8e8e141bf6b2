import { expect, test } from 'vitest';
import { FileChangeType } from 'vscode-languageserver-protocol';
import { edit } from './support/projects.ts';

test('installing packages is noticed by their lock file', async () => {
  const { folder, client } = await edit(
    {
      'package.json': '{ "name": "p", "dependencies": { "mailer": "1.0.0" } }',
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext" } }',
      'a.ts': "import { send } from 'mailer';\n\nexport function click() {\n  send();\n}\n",
    },
    { pulls: false },
  );
  await client.open(folder.file('a.ts'));
  await client.untilFound(folder.file('a.ts'), []);
  await folder.write(
    'node_modules/mailer/package.json',
    '{ "name": "mailer", "version": "1.0.0", "types": "index.d.ts" }',
  );
  await folder.write('node_modules/mailer/index.d.ts', 'export function send(): Promise<void>;\n');
  const lock = await folder.write('node_modules/.package-lock.json', '{}');
  await client.watched(lock, FileChangeType.Created);
  await client.untilFound(folder.file('a.ts'), ['floating-promise 4']);
  expect(await client.report()).toContain('ended 0 times');
});
