declare module 'axios' {
  interface Config {
    readonly timeout?: number;
    readonly signal?: AbortSignal;
  }
  interface Client {
    get(url: string, config?: Config): Promise<{ readonly data: unknown }>;
  }
  const axios: Client & { create(config?: Config & { readonly baseURL?: string }): Client };
  export default axios;
}
