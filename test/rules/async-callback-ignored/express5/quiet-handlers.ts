import express from 'express';
import { save } from '../lib.ts';

const app = express();

// Express 5 awaits the promise, and hands a rejection to the error handler.
app.get('/', async (request, response) => {
  await save(String(request.body));
  response.json({});
});
