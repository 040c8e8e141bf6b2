import bcrypt from 'bcrypt';
import { execaSync } from 'execa';
import fse from 'fs-extra';
import glob from 'fast-glob';
import shell from 'shelljs';
import request from 'sync-request';
import which from 'which';
import * as shared from '@acme/core/shared/fs-extra';

export async function signUp(password: string) {
  return bcrypt.hashSync(password, 12);
//              ^^^^^^^^ blocking-call async
}

export async function prepare(directory: string) {
  fse.ensureDirSync(directory);
//    ^^^^^^^^^^^^^ blocking-call async
  shared.outputFileSync(directory, '');
//       ^^^^^^^^^^^^^^ blocking-call async
  glob.sync('**/*.ts');
//     ^^^^ blocking-call async
  execaSync('git', ['status']);
//^^^^^^^^^ blocking-call async
  shell.exec('git gc');
//      ^^^^ blocking-call async
  which.sync('git');
//      ^^^^ blocking-call async
  request('GET', 'https://example.org');
//^^^^^^^ blocking-call async
}
