process.on('unhandledRejection', () => {});
//         ^^^^^^^^^^^^^^^^^^^^ swallowed-rejection emptyGlobalHandler

window.addEventListener('unhandledrejection', (event) => {
//                      ^^^^^^^^^^^^^^^^^^^^ swallowed-rejection emptyGlobalHandler
  event.preventDefault();
});

window.onunhandledrejection = () => {};
//     ^^^^^^^^^^^^^^^^^^^^ swallowed-rejection emptyGlobalHandler

export {};
