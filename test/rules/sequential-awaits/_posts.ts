export const users = 1;
export const posts = 2;
