/** The names of all subcommands, for help and for the nearest one to a mistyped name. */
export const commandNames = ['check', 'why', 'rules', 'rule', 'lsp', 'help'] as const;
