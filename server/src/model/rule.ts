import type { Severity } from './finding.ts';

/** `recommended` is on by default; `strict` is right but demanding; `preview` is not yet proven. */
export type RulePreset = 'recommended' | 'strict' | 'preview';

/** The preset that a user chooses: `all` adds the preview rules. */
export type Preset = 'recommended' | 'strict' | 'all';

export type RuleFamily = 'floating' | 'blocking' | 'race' | 'cancellation' | 'concurrency' | 'lifetime';

export type Principle = 1 | 2 | 3 | 4 | 5 | 6;

export interface FlagOption {
  readonly type: 'flag';
  readonly default: boolean;
  /** The preset from which on it is turned on, where it is off under `recommended`. */
  readonly onFrom?: 'strict' | 'all';
  readonly description: string;
}

export interface ChoiceOption<T extends string = string> {
  readonly type: 'choice';
  readonly values: readonly T[];
  readonly default: T;
  /** The default under the presets `strict` and `all`, where it is another. */
  readonly inStrict?: T;
  readonly description: string;
}

export interface ListOption {
  readonly type: 'list';
  readonly default: readonly string[];
  readonly description: string;
}

export type RuleOption = FlagOption | ChoiceOption | ListOption;

export type OptionValue<O> = O extends FlagOption
  ? boolean
  : O extends ChoiceOption<infer T>
    ? T
    : O extends ListOption
      ? readonly string[]
      : never;

export type OptionValues<Options extends Readonly<Record<string, RuleOption>>> = {
  readonly [K in keyof Options]: OptionValue<Options[K]>;
};

export interface RuleMessage {
  /** What is wrong: at most 90 characters, one line, no full stop at the end. `{name}` is filled in by the report. */
  readonly text: string;
  /** The consequence, in one or two sentences. */
  readonly why: string;
  /** The next step, in one sentence. */
  readonly help: string;
}

/** Everything about a rule except its code: docs, schema, settings and tables are made from it. */
export interface RuleMeta {
  /** Kebab-case noun phrase that reads well after "allow". */
  readonly id: string;
  readonly family: RuleFamily;
  readonly principle: Principle;
  /** One line for tables and completion. */
  readonly summary: string;
  readonly preset: RulePreset;
  readonly severity: Severity;
  /** The version that brought the rule. */
  readonly since: string;
  /** Rules elsewhere whose disable comments count for ours: `@typescript-eslint/no-floating-promises`, `biome:noFloatingPromises`. */
  readonly equivalents: readonly string[];
  readonly options: Readonly<Record<string, RuleOption>>;
  readonly messages: Readonly<Record<string, RuleMessage>>;
}

export function flag(byDefault: boolean, description: string, onFrom?: 'strict' | 'all'): FlagOption {
  return { type: 'flag', default: byDefault, description, ...(onFrom !== undefined && { onFrom }) };
}

export function choice<const T extends string>(
  values: readonly T[],
  byDefault: NoInfer<T>,
  description: string,
  inStrict?: NoInfer<T>,
): ChoiceOption<T> {
  return { type: 'choice', values, default: byDefault, description, ...(inStrict !== undefined && { inStrict }) };
}

export function list(byDefault: readonly string[], description: string): ListOption {
  return { type: 'list', default: byDefault, description };
}
