export interface Item {
  readonly id: string;
}

export declare function fetchItems(): Promise<Item[]>;
export declare function save(item: Item): Promise<void>;
export declare function report(error: unknown): void;

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
