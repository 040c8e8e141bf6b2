#!/usr/bin/env node
import fs from 'node:fs';
import { createServer } from 'node:http';

// The start may block; what it then serves may not.
async function start(): Promise<void> {
  const page = fs.readFileSync('index.html');
  createServer((request, response) => response.end(request.url === '/' ? page : fs.readFileSync('404.html'))).listen(80);
//                                                                                 ^^^^^^^^^^^^ blocking-call handler
}

await start();
