const { Cache } = require('./cache');

async function device() {
  return { id: 1, data: {} };
}

function Client() {
  this.cache = new Cache();
}

Client.prototype.run = async function () {
  const found = await device();
  if (!found) return;
  if (!found.data) return;
  console.log((await device()).id);
  const { id } = await device();
  let left;
  do {
    left = await count();
  } while (left > 0);
  if (id && this.cache.isStored('a')) console.log('stored');
  return found.data;
};

async function count() {
  return 2;
}

class Lazy {
  /** @returns {boolean} */
  async isReady() {
    return true;
  }

  async start() {
    if (await this.isReady()) return device().then((found) => found.id);
    if (!this.pending) this.pending = device();
    const kept = device();
    kept.cancel = () => {};
    kept.cancel();
    return this.pending;
  }
}

module.exports = { Client, Lazy };
