import { expect, test } from 'vitest';
import { isTypeTest } from '../../server/src/engine/type-tests.ts';

test.each([
  ['/p/index.test-d.ts', true],
  ['/p/index.spec-d.tsx', true],
  ['/p/index.test.ts', false],
  ['/p/index.d.ts', false],
  ['/p/test-d.ts', false],
  ['/p/types/tests.ts', true],
  ['/p/types/node-tests.ts', true],
  ['/p/types/test.d.ts', false],
  ['/p/src/tests.ts', false],
])('whether nobody runs %s', (path, expected) => {
  expect(isTypeTest(path)).toBe(expected);
});
