import fs from 'node:fs';

export function load(id: string): Promise<string> {
  return fetch(`/users/${id}`).then((response) => response.url + fs.readFileSync('suffix', 'utf8'));
//                                                                  ^^^^^^^^^^^^ blocking-call callback
}

export function recover(work: Promise<string>): Promise<string> {
  return work.catch(() => fs.readFileSync('fallback', 'utf8')).finally(() => fs.rmSync('lock'));
//                           ^^^^^^^^^^^^ blocking-call callback
//                                                                              ^^^^^^ blocking-call callback
}

export function promised(path: string): Promise<string> {
  return new Promise((resolve) => resolve(fs.readFileSync(path, 'utf8')));
//                                           ^^^^^^^^^^^^ blocking-call async
}

export function returned(path: string): Promise<string> {
  return Promise.resolve(fs.readFileSync(path, 'utf8'));
//                          ^^^^^^^^^^^^ blocking-call async
}

export function autosave(text: () => string): NodeJS.Timeout {
  return setInterval(() => fs.writeFileSync('draft', text()), 1000);
//                            ^^^^^^^^^^^^^ blocking-call callback
}
