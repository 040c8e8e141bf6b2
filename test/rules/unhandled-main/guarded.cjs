const { build } = require('./lib.ts');

async function start(target) {
  await build(target);
}

if (require.main === module) {
  start('all');
//^^^^^^^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
}

if (require.main === module) start('docs');
//                           ^^^^^^^^^^^^^ unhandled-main unhandled
//                           related lib.ts:2 "can throw here"

module.exports = { start };
