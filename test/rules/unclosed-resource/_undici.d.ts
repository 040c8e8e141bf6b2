declare module 'undici' {
  interface Answer {
    readonly statusCode: number;
    readonly body: { text(): Promise<string>; dump(): Promise<void> };
  }
  export function request(url: string): Promise<Answer>;
}
