const EventEmitter = require('events');
const express = require('express');
const fs = require('fs');
const { load } = require('./store');

const app = express();
const events = new EventEmitter();

async function refresh() {
  await load();
}

app.get('/', async (request, response, next) => {
//           ^^^^^ async-callback-ignored request
//           related scripts.js:16 "can reject here"
  response.json(await load(request.query.id));
});
app.get('/safe', async (request, response, next) => {
  try {
    response.json(await load(request.query.id));
  } catch (error) {
    next(error);
  }
});
events.on('change', async () => {
//                  ^^^^^ async-callback-ignored ignored
//                  related scripts.js:28 "can reject here"
  await load();
});
fs.readFile('a.json', async (error, text) => {
//                    ^^^^^ async-callback-ignored ignored
//                    related scripts.js:33 "can reject here"
  await load(text);
});
setTimeout(refresh, 100);
//         ^^^^^^^ async-callback-ignored ignored
//         related scripts.js:10 "can reject here"
process.on('exit', refresh);
//                 ^^^^^^^ async-callback-ignored ignored
//                 related scripts.js:10 "can reject here"
module.exports.all = (things) => {
  things.forEach(async (thing) => {
//               ^^^^^ async-callback-ignored iteration
//               related scripts.js:45 "can reject here"
    await load(thing);
  });
  things.sort(async (a, b) => (await load(a)) - (await load(b)));
//            ^^^^^ async-callback-ignored comparator
  return 'a-b'.replace(/-/g, async () => load());
//                           ^^^^^ async-callback-ignored value
};

describe('things', async () => {
//                 ^^^^^ async-callback-ignored suite
  const thing = await load();
  it('exists', () => thing);
});
describe('things', async () => {
//                 ^^^^^ async-callback-ignored suite
  it('exists', () => {});
});

export function extension(api) {
  chrome.runtime.onInstalled.addListener(async () => {
//                                       ^^^^^ async-callback-ignored ignored
//                                       related scripts.js:67 "can reject here"
    await api.load();
  });
  chrome.tabs.onUpdated.addListener(async (id) => {
    try {
      await api.load(id);
    } catch (error) {
      console.error(error);
    }
  });
  browser.runtime.onMessage.addListener(async (message) => api.load(message));
}
