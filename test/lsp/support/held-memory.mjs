// Loaded into the server before it starts: what it says of its memory is what is held, without the garbage that the
// collector has not come round to. It needs `--expose-gc`.
const { memoryUsage } = process;

process.memoryUsage = Object.assign(() => {
  globalThis.gc();
  return memoryUsage();
}, memoryUsage);
