import type { Severity } from '../model/finding.ts';
import type { Rule } from '../rules/define.ts';
import { remember } from '../typescript/remember.ts';
import type { ResolvedConfig } from './config.ts';

/** A rule with what the config says of it. */
export interface EnabledRule {
  readonly rule: Rule;
  /** Overrides the rule's own severity. */
  readonly severity: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A rule as it is where no config says anything of it. */
export function withDefaults(rule: Rule): EnabledRule {
  const options = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default]));
  return { rule, severity: undefined, options };
}

/** Those of the rules that a config turns on: one and the same list for all files for which it holds. */
export function enabledBy(config: ResolvedConfig, rules: readonly Rule[]): readonly EnabledRule[] {
  return remember(known, config, () => {
    const enabled: EnabledRule[] = [];
    for (const rule of rules) {
      const settings = config.rules.get(rule.id);
      if (!settings) continue;
      // A severity that is the rule's own was not chosen by anybody, and gives way to that of a single report.
      const severity = settings.severity === rule.severity ? undefined : settings.severity;
      enabled.push({ rule, severity, options: settings.options });
    }
    return enabled;
  });
}

/** What a config says of the rules that it turns on, as text. */
export function settingsOf(enabled: readonly EnabledRule[]): string {
  return remember(texts, enabled, () =>
    JSON.stringify(enabled.map(({ rule, severity, options }) => [rule.id, severity, options])),
  );
}

const known = new WeakMap<ResolvedConfig, readonly EnabledRule[]>();
const texts = new WeakMap<readonly EnabledRule[], string>();
