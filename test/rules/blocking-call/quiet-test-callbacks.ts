import fs from 'node:fs';
import { after, it } from 'node:test';

after(() => fs.rmSync('tmp'));

it('writes', async () => {
  fs.writeFileSync('tmp', '');
});
