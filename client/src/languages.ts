/** The languages that are linted, by VS Code's ids. */
export const languages: readonly string[] = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Linted documents: files on disk and untitled ones. */
export const lintedDocuments = languages.flatMap((language) => [
  { language, scheme: 'file' },
  { language, scheme: 'untitled' },
]);

/** The config file, in which the server reports mistakes and completes rule ids. */
export const configDocuments = [{ scheme: 'file', pattern: '**/asynclint.jsonc' }];
