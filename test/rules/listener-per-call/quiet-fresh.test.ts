import { afterEach } from 'vitest';

// A test that tidies up what is not there.
afterEach(() => {
  window.removeEventListener('message', () => {});
});
