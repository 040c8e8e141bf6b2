const { readFileSync } = require('fs');
const cp = require('child_process');

async function load(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
//                  ^^^^^^^^^^^^ blocking-call async
}

async function branch() {
  cp.execSync('git fetch');
//   ^^^^^^^^ blocking-call async
  return cp.execSync('git rev-parse HEAD').toString().trim();
//          ^^^^^^^^ blocking-call async
}

module.exports = { load, branch };
