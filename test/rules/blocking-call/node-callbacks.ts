import fs from 'node:fs';
import { createServer } from 'node:http';

export const server = createServer((request, response) => {
  fs.stat(`.${request.url}`, (error, info) => {
    if (error) response.writeHead(404).end();
    else response.end(info.isDirectory() ? fs.readdirSync(`.${request.url}`).join('\n') : 'a file');
//                                            ^^^^^^^^^^^ blocking-call callback
  });
});

export function reload(path: string, use: (text: string) => void): void {
  fs.access(path, (error) => {
    if (!error) use(fs.readFileSync(path, 'utf8'));
//                     ^^^^^^^^^^^^ blocking-call callback
  });
}

/** While the program starts, nobody waits. */
fs.readFile('settings.json', 'utf8', (error, text) => {
  if (!error) fs.writeFileSync('settings.json.bak', text);
});
