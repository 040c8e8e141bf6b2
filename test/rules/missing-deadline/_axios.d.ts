declare module 'axios' {
  interface Config {
    readonly timeout?: number;
    readonly signal?: AbortSignal;
  }
  const axios: { get(url: string, config?: Config): Promise<{ readonly data: unknown }> };
  export default axios;
}
