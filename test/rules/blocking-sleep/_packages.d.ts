declare module 'sleep';
declare module 'deasync';
