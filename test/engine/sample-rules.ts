import { choice, flag, list, type RuleMeta } from '../../server/src/model/rule.ts';

const messages = {
  found: { text: 'Something is wrong with `{name}`', why: 'It gets lost.', help: 'Mend it.' },
};

/** Three rules of different presets with all kinds of options, for tests that need no real rule. */
export const sampleRules: readonly RuleMeta[] = [
  {
    id: 'floating-promise',
    family: 'floating',
    principle: 1,
    summary: 'A promise is created and nobody handles its rejection',
    preset: 'recommended',
    severity: 'warning',
    since: '0.1.0',
    equivalents: ['@typescript-eslint/no-floating-promises', 'biome:noFloatingPromises'],
    options: {
      allowVoid: flag(true, 'Take `void expression` as a decision.'),
      allow: list([], 'Names of functions whose promises may be dropped.'),
    },
    messages,
  },
  {
    id: 'blocking-call',
    family: 'blocking',
    principle: 2,
    summary: 'A call stops the event loop',
    preset: 'strict',
    severity: 'error',
    since: '0.1.0',
    equivalents: ['n/no-sync'],
    options: { where: choice(['async', 'everywhere'], 'async', 'Where blocking calls are reported.') },
    messages,
  },
  {
    id: 'stale-read',
    family: 'race',
    principle: 3,
    summary: 'A value is read before a suspension point and used after it',
    preset: 'preview',
    severity: 'information',
    since: '0.1.0',
    equivalents: [],
    options: {},
    messages,
  },
];
