// Runs test/syntaxes/*.grammar: our injection grammar inside the real grammars that VS Code ships. `npm run grammar`
import path from 'node:path';
import { embedded, installEmbeddedVSCode } from './lib/embedded-vscode.mjs';
import { root } from './lib/paths.mjs';
import { endChildrenOnSignals, run } from './lib/processes.mjs';

endChildrenOnSignals();
await installEmbeddedVSCode();
const grammars = [
  'typescript-basics/syntaxes/TypeScript.tmLanguage.json',
  'typescript-basics/syntaxes/TypeScriptReact.tmLanguage.json',
  'javascript/syntaxes/JavaScript.tmLanguage.json',
  'javascript/syntaxes/JavaScriptReact.tmLanguage.json',
].flatMap((file) => ['--grammar', path.join(embedded.extensions, file)]);
const program = path.join(root, 'node_modules/vscode-tmgrammar-test/dist/unit.js');
process.exitCode = await run(process.execPath, [
  program,
  ...grammars,
  '--config',
  'package.json',
  'test/syntaxes/*.grammar',
]);
