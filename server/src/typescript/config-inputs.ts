import { parse } from 'jsonc-parser';
import type { CompilerOptions } from 'typescript/async';
import type { Host } from '../model/host.ts';
import { ancestors, dirname, join } from './paths.ts';

/** What a parsed tsconfig rests on, beside the files that it names. */
export interface ConfigInputs {
  /** The config and everything that it extends, also where a file was looked for and is not there. */
  readonly files: readonly string[];
  /** The folders in which a new file may become a part of the project. */
  readonly folders: readonly string[];
  /** Folders below them that are left out. */
  readonly excluded: readonly string[];
}

/**
 * @param config the tsconfig, absolute
 * @param parsed the config as the compiler read it, with what it inherits
 */
export async function configInputs(
  host: Host,
  config: string,
  parsed: { readonly raw?: unknown; readonly options: CompilerOptions },
): Promise<ConfigInputs> {
  const directory = dirname(config);
  const { files, include, exclude } = (parsed.raw ?? {}) as RawConfig;
  const patterns = strings(include);
  const bases = patterns.length > 0 ? patterns.map(baseOf) : strings(files).length > 0 ? [] : ['.'];
  const { outDir, declarationDir } = parsed.options as { readonly outDir?: string; readonly declarationDir?: string };
  return {
    files: await chainOf(host, config),
    folders: [...new Set(bases.map((base) => join(directory, base)))],
    excluded: [
      ...strings(exclude).filter((pattern) => !/[*?$]/.test(pattern)),
      ...strings([outDir, declarationDir]),
    ].map((path) => join(directory, path)),
  };
}

interface RawConfig {
  readonly files?: unknown;
  readonly include?: unknown;
  readonly exclude?: unknown;
  readonly extends?: unknown;
}

function strings(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

/** The part of a pattern before its first wildcard: the folder to search. A pattern without one may name a folder or a file. */
function baseOf(pattern: string): string {
  const parts = pattern.replace('${configDir}', '.').split('/');
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/') || '.';
}

async function chainOf(host: Host, config: string): Promise<readonly string[]> {
  const seen = new Set<string>();
  const open = [config];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = await host.readFile(file).catch(() => undefined);
    if (text === undefined) continue;
    const parsed = parse(text) as RawConfig | undefined;
    const bases = typeof parsed?.extends === 'string' ? [parsed.extends] : strings(parsed?.extends);
    for (const base of bases) open.push(...candidates(base, dirname(file)));
  }
  return [...seen];
}

/** Where a config that is extended may be. Whichever of them the compiler takes, a change is noticed. */
function candidates(base: string, from: string): readonly string[] {
  const isPath = /^\.{0,2}\/|^[A-Za-z]:[\\/]/.test(base) || base === '.' || base === '..';
  const places = isPath ? [join(from, base)] : [...ancestors(from)].map((at) => join(at, `node_modules/${base}`));
  return places.flatMap((place) =>
    place.endsWith('.json') ? [place] : [`${place}.json`, join(place, 'tsconfig.json'), join(place, 'package.json')],
  );
}
