import { createTwoFilesPatch } from 'diff';

/** Fails with a patch from what is expected to what came. Does nothing where both are equal. */
export function expectSame(file: string, expected: string, actual: string, hint: string): void {
  if (expected === actual) return;
  const patch = createTwoFilesPatch('expected', 'found', expected, actual, '', '', { context: 3 });
  throw failure(`${file} ${hint}\n${patch.split('\n').slice(1).join('\n')}`);
}

/** An error whose stack would only show the harness. */
export function failure(text: string): Error {
  const error = new Error(text);
  error.stack = text;
  return error;
}
