setInterval(() => console.log('alive'), 100);
