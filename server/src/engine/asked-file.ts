import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Host } from '../model/host.ts';
import type { Rule } from '../rules/define.ts';
import type { Lease } from '../typescript/session.ts';
import type { ResolvedConfig } from './config.ts';
import type { EnabledRule } from './enabled-rules.ts';

/** A file that somebody asks about, with what holds for it. It can be used as long as its lease lives. */
export interface AskedFile {
  readonly lease: Lease;
  readonly file: string;
  readonly config: ResolvedConfig;
  readonly rules: readonly Rule[];
  /** The rules that the config turns on. */
  readonly enabled: readonly EnabledRule[];
  readonly knowledge: Knowledge;
  readonly host: Host;
  readonly signal: AbortSignal;
}
