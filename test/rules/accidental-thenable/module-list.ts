const next = (): string => 'next';

export { next as then };
//               ^^^^ accidental-thenable module
