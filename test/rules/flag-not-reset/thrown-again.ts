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

  /** What is not expected leaves with the flag set, although the other ways clear it. */
  async open(id: string): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
//  ^^^^^^^^^^^^^^ flag-not-reset blocked
//  related thrown-again.ts:25 "leaves from here when it fails"
//  related thrown-again.ts:23 "cleared only when all went well"
    try {
      this.report = await this.#api.report(id);
      this.isLoading = false;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.report = null;
      this.isLoading = false;
    }
  }
}
