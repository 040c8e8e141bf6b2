/** The handler is registered for several events at once. */
const events = ['unhandledRejection', 'uncaughtException'] as const;

events.forEach((event) => {
  process.on(event, (error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function main(): Promise<void> {
  await fetch('https://example.com');
}

main();
