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
  try {
    response.json(await load(request.query.id));
  } catch (error) {
    next(error);
  }
});
app.get('/safe', async (request, response, next) => {
  try {
    response.json(await load(request.query.id));
  } catch (error) {
    next(error);
  }
});
events.on('change', async () => {
  try {
    await load();
  } catch (error) {
    console.error(error);
  }
});
fs.readFile('a.json', async (error, text) => {
  try {
    await load(text);
  } catch (error) {
    console.error(error);
  }
});
setTimeout(() => void refresh().catch((error) => console.error(error)), 100);
process.on('exit', refresh);
module.exports.all = (things) => {
  things.forEach(async (thing) => {
    await load(thing);
  });
  things.sort(async (a, b) => (await load(a)) - (await load(b)));
  return 'a-b'.replace(/-/g, async () => load());
};

describe('things', async () => {
  const thing = await load();
  it('exists', () => thing);
});
describe('things', () => {
  it('exists', () => {});
});

export function extension(api) {
  chrome.runtime.onInstalled.addListener(async () => {
    try {
      await api.load();
    } catch (error) {
      console.error(error);
    }
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
