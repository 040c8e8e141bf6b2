// The VS Code that is installed on this machine, run with a profile of its own. Only node's built-in modules.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun, run } from './processes.mjs';

const windows = process.platform === 'win32';

/** The `code` command as a path, or undefined where no window can be opened with it. */
export function findDesktopVSCode() {
  if (!canOpenWindows()) return undefined;
  const names = windows ? ['code.cmd'] : ['code'];
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...usualFolders()];
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

/** Installs the extension and opens `folder` and `file`; resolves when the window is closed. */
export async function openDesktopVSCode(code, profile, vsix, folder, file) {
  const own = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  const quoted = (args) => (windows ? args.map((arg) => `"${arg}"`) : args);
  const options = { shell: windows, log: 'desktop' };
  const command = quoted([code])[0];
  // Chromium's sandbox refuses to run for root.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  await mustRun(
    'Installing the extension',
    command,
    quoted([...own, ...root, '--install-extension', vsix, '--force']),
    options,
  );
  await run(
    command,
    quoted([...own, ...root, '--disable-workspace-trust', '--new-window', '--wait', folder, '--goto', file]),
    options,
  );
}

/** Ends the window of a profile: `code` only starts it, and the window outlives `code`. VS Code writes its process id down. */
export function endDesktopVSCode(profile) {
  try {
    process.kill(Number(readFileSync(path.join(profile.userData, 'code.lock'), 'utf8')));
  } catch {
    // It has ended by itself, or never began.
  }
}

/** Not inside a remote session, whose `code` opens windows elsewhere; and on Linux only with a display. */
function canOpenWindows() {
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined || process.env.WSL_DISTRO_NAME !== undefined) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Where installers put `code` without adding it to the PATH. */
function usualFolders() {
  if (process.platform === 'darwin') return ['/Applications/Visual Studio Code.app/Contents/Resources/app/bin'];
  if (!windows) return [];
  const bases = [process.env.LOCALAPPDATA && path.join(process.env.LOCALAPPDATA, 'Programs'), process.env.ProgramFiles];
  return bases.filter(Boolean).map((base) => path.join(base, 'Microsoft VS Code', 'bin'));
}
