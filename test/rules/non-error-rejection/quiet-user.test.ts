export const failing = Promise.reject('failed');
