const { build } = require('./lib.ts');

async function start(target) {
  await build(target);
}

if (require.main === module) {
  start('all').catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

if (require.main === module) start('docs').catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

module.exports = { start };
