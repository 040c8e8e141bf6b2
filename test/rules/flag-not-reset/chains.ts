import { fetchItems, type Item, report } from './lib.ts';

export class List {
  loading = false;
  saving = false;
  items: readonly Item[] = [];

  load(): void {
    this.loading = true;
    fetchItems()
      .then((items) => {
        this.items = items;
        this.loading = false;
      })
      .catch(report);
  }

  reload(): void {
    this.loading = true;
//  ^^^^^^^^^^^^ flag-not-reset left
//  related chains.ts:23 "when this fails, the next link is passed over"
//  related chains.ts:26 "cleared only when all went well"
    fetchItems()
      .then((items) => {
        this.items = items;
        this.loading = false;
      })
      .catch((error: unknown) => report(error));
  }

  start(): void {
    this.saving = true;
//  ^^^^^^^^^^^ flag-not-reset left
//  related chains.ts:36 "when this fails, the next link is passed over"
//  related chains.ts:38 "cleared only when all went well"
    fetchItems()
      .then(() => {
        this.saving = false;
      })
      .catch((error: unknown) => report(error));
  }

  save(): Promise<void> {
    this.saving = true;
//  ^^^^^^^^^^^ flag-not-reset left
//  related chains.ts:48 "when this fails, the next link is passed over"
//  related chains.ts:49 "cleared only when all went well"
    return fetchItems().then(() => {
      this.saving = false;
    });
  }

  // The `catch` forgets it, and ends the function.
  async returning(): Promise<void> {
    this.saving = true;
//  ^^^^^^^^^^^ flag-not-reset left
//  related chains.ts:63 "leaves from here when it fails"
//  related chains.ts:65 "cleared only when all went well"
    try {
      this.items = await fetchItems();
    } catch (error) {
      report(error);
      return;
    }
    this.saving = false;
  }

  async ending(): Promise<void> {
    this.saving = true;
//  ^^^^^^^^^^^ flag-not-reset left
//  related chains.ts:74 "leaves from here when it fails"
//  related chains.ts:75 "cleared only when all went well"
    try {
      this.items = await fetchItems();
      this.saving = false;
    } catch (error) {
      report(error);
    }
  }

  get isBusy(): boolean {
    return this.loading || this.saving;
  }
}
