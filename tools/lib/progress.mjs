// Says what goes on and how long it took. Only node's built-in modules.

const terminal = process.stdout.isTTY === true;

/** Runs one step under a title; on a terminal the seconds count while it runs. Passes on its result or its error. */
export async function step(title, body) {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  let timer;
  if (terminal) {
    const draw = () => process.stdout.write(`\r  ${title} … ${seconds()}\u001b[K`);
    draw();
    timer = setInterval(draw, 500);
  } else {
    console.log(`  ${title} …`);
  }
  let outcome = 'failed';
  try {
    const result = await body();
    outcome = 'done';
    return result;
  } finally {
    clearInterval(timer);
    console.log(`${terminal ? '\r\u001b[K' : ''}  ${outcome === 'done' ? '✓' : '✗'} ${title} (${seconds()})`);
  }
}
