const { Cache } = require('./cache');

async function device() {
  return { id: 1, data: {} };
}

function Client() {
  this.cache = new Cache();
}

Client.prototype.run = async function () {
  const found = device();
//              ^^^^^^^^ promise-as-value unawaited
//              related scripts.js:17 "used as a condition here"
//              related scripts.js:18 "used as a value here"
//              related scripts.js:30 "used as a value here"
  if (!found) return;
  if (!found.data) return;
  console.log(device().id);
//            ^^^^^^^^ promise-as-value value
  const { id } = device();
//               ^^^^^^^^ promise-as-value value
  let left;
  do {
    left = count();
//         ^^^^^^^ promise-as-value unawaited
//         related scripts.js:28 "compared here"
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
    if (this.isReady()) return device().then((found) => found.id);
//      ^^^^^^^^^^^^^^ promise-as-value condition
    if (!this.pending) this.pending = device();
    const kept = device();
    kept.cancel = () => {};
    kept.cancel();
    return this.pending;
  }
}

module.exports = { Client, Lazy };
