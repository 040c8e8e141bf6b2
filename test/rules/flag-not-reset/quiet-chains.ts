import { fetchItems, type Item, report } from './lib.ts';

export class List {
  loading = false;
  items: readonly Item[] = [];

  finally(): void {
    this.loading = true;
    fetchItems()
      .then((items) => {
        this.items = items;
      })
      .catch(report)
      .finally(() => {
        this.loading = false;
      });
  }

  both(): void {
    this.loading = true;
    fetchItems().then(
      () => {
        this.loading = false;
      },
      () => {
        this.loading = false;
      },
    );
  }

  handledFirst(): void {
    this.loading = true;
    fetchItems()
      .catch(() => [])
      .then(() => {
        this.loading = false;
      })
      .catch(report);
  }
}
