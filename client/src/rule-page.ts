import * as vscode from 'vscode';

/** Opens the page of a rule, as it came with the extension; without a rule, asks which one. */
export async function showRule(context: vscode.ExtensionContext, rule?: unknown): Promise<void> {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules');
  const rules = await rulesWithPages(folder);
  const chosen = typeof rule === 'string' ? rule : await vscode.window.showQuickPick(rules, ruleQuestion());
  if (chosen === undefined) return;
  // Only names from the folder itself are opened, so that no argument can lead outside it.
  if (!rules.includes(chosen)) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('asynclint has no page for {0}', chosen), 5000);
    return;
  }
  const page = vscode.Uri.joinPath(folder, `${chosen}.md`);
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
  } catch {
    // VS Code's Markdown extension can be switched off; the page reads well as text too.
    await vscode.commands.executeCommand('vscode.open', page);
  }
}

function ruleQuestion(): vscode.QuickPickOptions {
  return { title: vscode.l10n.t('Show the page of a rule'), placeHolder: 'floating-promise' };
}

async function rulesWithPages(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries
    .filter(([name, type]) => type === vscode.FileType.File && name.endsWith('.md') && name !== 'README.md')
    .map(([name]) => name.slice(0, -'.md'.length))
    .sort();
}
