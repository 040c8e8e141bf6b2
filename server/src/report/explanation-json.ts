import type { Explanation } from '../model/explanation.ts';
import { relativePath } from './report.ts';

/**
 * The explanation as one line of JSON, described in docs/cli.md: the text of the file left out, paths relative to the
 * working folder, positions zero-based in UTF-16 units.
 */
export function formatExplanationJson(
  { text: _, ...explanation }: Explanation,
  { cwd, remark }: { readonly cwd: string; readonly remark?: string | undefined },
): string {
  const paths = new Set(['file', 'config', 'tsconfig']);
  const relative = (key: string, value: unknown): unknown => {
    if (key === 'dependsOn' && Array.isArray(value)) return value.map((file: string) => relativePath(cwd, file));
    return paths.has(key) && typeof value === 'string' ? relativePath(cwd, value) : value;
  };
  const shown = { version: 1, ...(remark !== undefined && { remark }), ...explanation };
  return `${JSON.stringify(shown, relative)}\n`;
}
