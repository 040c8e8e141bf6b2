interface Api {
  report(id: string): Promise<string>;
}

export class ReportStore {
  isLoading = false;
  report: string | null = null;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async open(id: string): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      this.report = await this.#api.report(id);
      this.isLoading = false;
    } catch (error) {
      this.isLoading = false;
      if (!(error instanceof RangeError)) throw error;
      this.report = null;
    }
  }
}
