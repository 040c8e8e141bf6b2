import * as vscode from 'vscode';

/** What the example shows: a dropped promise, a rejection that `catch` cannot see, and a blocked event loop. */
const text = `import { readFileSync } from 'node:fs';

async function save(name: string): Promise<void> {
  if (name === '') throw new Error('no name');
}

export function onClick() {
  save('ada');
}

export async function load(path: string) {
  const text = readFileSync(path, 'utf8');
  try {
    return save(text);
  } catch {
    return undefined;
  }
}
`;

/** Opens an untitled document with a few findings in it; nothing is written to disk. */
export async function openExample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: text });
  await vscode.window.showTextDocument(document);
}
