import fs from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import express from 'express';
import type { FastifyRequest } from 'fastify';

const app = express();

app.get('/', (_request: unknown, response: { send(text: string): void }) => {
  response.send(fs.readFileSync('index.html', 'utf8'));
//                 ^^^^^^^^^^^^ blocking-call handler
});

app.use(logRequest);

function logRequest(_request: unknown, _response: unknown, next: () => void): void {
  fs.appendFileSync('access.log', 'x');
//   ^^^^^^^^^^^^^^ blocking-call handler
  next();
}

http.createServer((_request, response) => response.end(fs.readFileSync('index.html')));
//                                                        ^^^^^^^^^^^^ blocking-call handler

createServer((socket: Socket) => {
  socket.on('data', (data) => fs.appendFileSync('traffic', data));
//                               ^^^^^^^^^^^^^^ blocking-call handler
});

export function serve(request: IncomingMessage, response: ServerResponse): void {
  response.end(fs.readFileSync(request.url ?? ''));
//                ^^^^^^^^^^^^ blocking-call handler
}

export const show = (request: FastifyRequest) => fs.readFileSync(request.url);
