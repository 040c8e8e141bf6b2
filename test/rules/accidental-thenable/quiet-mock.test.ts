/** A stand-in for what `import` gives. */
export const loaded = {
  then: () => ({ catch: () => loaded }),
};
