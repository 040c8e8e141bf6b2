import type { Finding } from '../../server/src/model/finding.ts';
import type { Interleaving } from '../../server/src/model/interleaving.ts';
import type { Report } from '../../server/src/report/report.ts';
import { sampleReport } from './sample-report.ts';

export const cacheFile = '/repo/src/cache.ts';
export const serverFile = '/repo/src/server/routes.ts';

export const cacheText = `const cache = new Map<string, Promise<User>>();

export async function handle(key: string): Promise<void> {
  if (!cache.has(key)) {
    const user = await load(key);
    cache.set(key, user);
  }
}
`;
export const serverText =
  "import { handle } from '../cache';\n\napp.get('/users/:key', (request) => handle(request.params.key));\n";

const at = (of: string) => {
  const start = cacheText.indexOf(of);
  return { file: cacheFile, span: { start, end: start + of.length } };
};
const task = at('handle');

/** Two requests that both find nothing in a cache, and both write to it. */
export const interleaving: Interleaving = {
  tasks: [
    { name: 'request A', ...task },
    { name: 'request B', ...task },
  ],
  steps: [
    { task: 0, kind: 'checks', text: 'reads `cache.has(key)` → false', ...at('cache.has(key)') },
    { task: 0, kind: 'suspends', text: 'waits for `load(key)`', ...at('await load(key)') },
    { task: 1, kind: 'checks', text: 'reads `cache.has(key)` → false', ...at('cache.has(key)') },
    { task: 1, kind: 'suspends', text: 'waits for `load(key)`', ...at('await load(key)') },
    { task: 0, kind: 'writes', text: 'writes `cache.set(key, user)`', ...at('cache.set(key, user)') },
    {
      task: 1,
      kind: 'writes',
      text: 'writes `cache.set(key, user)`',
      note: 'overwrites what request A wrote',
      ...at('cache.set(key, user)'),
    },
  ],
  outcome: 'the user of request A is lost, and `load` ran twice',
  evidence: {
    text: 'two requests can run `handle` at once',
    at: { file: serverFile, span: { start: serverText.indexOf('app'), end: serverText.indexOf('app') + 7 } },
  },
};

export const race: Finding = {
  ...at('cache.set(key, user)'),
  rule: 'stale-read',
  key: 'checked',
  message: '`cache` is checked before a wait and written after it',
  why: 'Another request may have written meanwhile.',
  help: 'Store the promise.',
  severity: 'warning',
  related: [
    { ...at('cache.has(key)'), message: '1 is checked here' },
    { ...at('await load(key)'), message: '2 waits here' },
  ],
  interleaving,
  fixable: false,
  dependsOn: [cacheFile],
};

/** A report of the race alone. */
export const raceReport: Report = {
  ...sampleReport,
  cwd: '/repo',
  results: [
    {
      file: cacheFile,
      text: cacheText,
      findings: [race],
      suppressed: [],
      dependsOn: [cacheFile],
      notes: [],
      milliseconds: 1,
    },
  ],
  texts: new Map([[serverFile, serverText]]),
};
