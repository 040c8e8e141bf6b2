import bcrypt from 'bcrypt';
import { execa } from 'execa';
import fse from 'fs-extra';
import glob from 'fast-glob';
import shell from 'shelljs';
import request from 'sync-request';
import which from 'which';
import * as shared from '@acme/core/shared/fs-extra';

export async function signUp(password: string) {
  return await bcrypt.hash(password, 12);
}

export async function prepare(directory: string) {
  await fse.ensureDir(directory);
  await shared.outputFile(directory, '');
  await glob('**/*.ts');
  await execa('git', ['status']);
  shell.exec('git gc');
  await which('git');
  request('GET', 'https://example.org');
}
