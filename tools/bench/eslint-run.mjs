// Runs typescript-eslint with the rules that match ours: node eslint-run.mjs FOLDER FILES.txt
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const [folder, list] = process.argv.slice(2);
const eslint = new ESLint({
  cwd: folder,
  ignore: false,
  overrideConfigFile: true,
  errorOnUnmatchedPattern: false,
  warnIgnored: false,
  overrideConfig: [
    { linterOptions: { reportUnusedDisableDirectives: 'off' } },
    {
      files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
      languageOptions: {
        parser: tseslint.parser,
        parserOptions: { projectService: true, tsconfigRootDir: folder },
      },
      plugins: { '@typescript-eslint': tseslint.plugin },
      rules: {
        '@typescript-eslint/no-floating-promises': 'error',
        '@typescript-eslint/no-misused-promises': 'error',
        '@typescript-eslint/await-thenable': 'error',
        '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
        'no-async-promise-executor': 'error',
      },
    },
  ],
});
const results = await eslint.lintFiles(readFileSync(list, 'utf8').split('\n').filter(Boolean));
const messages = results.flatMap((result) => result.messages);
console.log(
  JSON.stringify({ files: results.length, findings: messages.length, fatal: messages.filter((m) => m.fatal).length }),
);
