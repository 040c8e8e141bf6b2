import type { Finding, Fix } from '../../server/src/model/finding.ts';
import type { Report } from '../../server/src/report/report.ts';
import { sampleRules } from '../engine/sample-rules.ts';

const text = "import { save } from './lib';\r\n\r\nexport function onClick() {\r\n\tsave('😀'); save(1);\r\n}\r\n";
const lib = 'export async function save(value: unknown) {\n  throw value;\n}\n';

function finding(of: Partial<Finding> & Pick<Finding, 'span'>): Finding {
  return {
    file: '/repo/src/a b.ts',
    rule: 'floating-promise',
    key: 'dropped',
    message: 'The promise of `save` is dropped: if it rejects, nobody will know',
    why: 'An unhandled rejection ends a Node process by default.',
    help: 'Await it, return it, or handle the rejection.',
    severity: 'warning',
    related: [],
    fixable: false,
    dependsOn: ['/repo/src/a b.ts'],
    ...of,
  };
}

function span(of: string, from = 0): { start: number; end: number } {
  const start = text.indexOf(of, from);
  return { start, end: start + of.length };
}

const file = '/repo/src/a b.ts';
const first = finding({
  span: span("save('😀')"),
  fixable: true,
  related: [{ file: '/repo/lib.ts', span: { start: 47, end: 59 }, message: 'can reject here' }],
});
const second = finding({
  span: span('save(1)'),
  severity: 'error',
  message: 'Fifty percent: 50 %\nmore',
  why: '',
  help: '',
});
const third = finding({ span: span('onClick() {\r\n\tsave'), rule: 'unused-directive', severity: 'information' });

const fixes: readonly Fix[] = [
  {
    title: 'Await it',
    safe: false,
    edits: [{ file, span: { start: first.span.start, end: first.span.start }, newText: 'await ' }],
  },
  {
    title: 'Make `save` synchronous',
    safe: true,
    edits: [
      { file, span: { start: 0, end: 6 }, newText: 'IMPORT' },
      { file: '/repo/lib.ts', span: { start: 7, end: 13 }, newText: '' },
    ],
  },
];

/** Two files, three findings of all severities, a place in a third file, UTF-16 pairs, tabs and CRLF. */
export const sampleReport: Report = {
  cwd: '/repo/src',
  results: [
    {
      file,
      text,
      findings: [third, first, second],
      suppressed: [],
      fixes: new Map([[first, fixes]]),
      dependsOn: [file],
      notes: [],
      milliseconds: 3,
    },
    { file: '/repo/src/clean.ts', text: '', findings: [], suppressed: [], dependsOn: [], notes: [], milliseconds: 1 },
  ],
  texts: new Map([['/repo/lib.ts', lib]]),
  rules: sampleRules,
  milliseconds: 1234.56,
  fixed: 0,
  version: '1.2.3',
};
