process.on('unhandledRejection', (reason) => console.error(reason));

window.addEventListener('unhandledrejection', (event) => {
  console.error(event.reason);
  event.preventDefault();
});

window.onunhandledrejection = (event) => console.error(event.reason);

export {};
