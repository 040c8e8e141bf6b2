import { open } from 'not-installed';
import { readFile } from 'not-installed/promises';
import { load } from './lib.ts';

/** @returns {void} The comment does not say that it is async. */
async function save(user) {
  await open(user);
}

function passOn(user) {
  return save(user);
}

function Store() {}

Store.prototype.close = async function () {
  await open(this);
};

Store.prototype.end = function () {
  this.close();
//^^^^^^^^^^^^ floating-promise dropped
};

class Cache {
  /** @type {any} */
  clear = async () => {
    await open(this);
  };

  reset() {
    this.clear();
//  ^^^^^^^^^^^^ floating-promise dropped
//  related untyped.js:28 "can reject here"
    open(this);
    readFile(this);
  }
}

export function run(user) {
  save(user);
//^^^^^^^^^^ floating-promise dropped
// related untyped.js:7 "can reject here"
  passOn(user);
//^^^^^^^^^^^^ floating-promise dropped
// related untyped.js:7 "can reject here"
  save(user).then(console.log);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related untyped.js:7 "can reject here"
  save(user).catch(console.error);
  open(user).finally(() => {});
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  open(user).then(console.log);
  load(user).then(console.log);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  user.hooks.reduce(async (before, hook) => {
//^^^^^^^^^^^^^^^^^ floating-promise dropped
    await before;
    await hook(user);
  }, Promise.resolve());
  user.hooks.map(async (hook) => {
//^^^^^^^^^^^^^^ floating-promise list
    await hook(user);
  });
  user.hooks.forEach((hook) => hook(user));
  user.hooks.map((hook) => hook(user));
  return new Cache();
}

module.exports = { Store };
