export const startedAt = Date.now();

// Who ends the process by itself is not kept by an interval.
setInterval(() => {
  if (process.connected) return;
  console.error('The parent is gone.');
  process.exit(1);
}, 5000);
