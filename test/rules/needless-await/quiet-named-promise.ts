/** Acts as a promise when it runs; its type leaves `then` out so that it can be chained. */
interface ChainablePromiseElement {
  readonly tagName: Promise<string>;
  click(): Promise<void>;
}

declare const browser: { $(selector: string): ChainablePromiseElement };

export async function press(): Promise<void> {
  const button = await browser.$('#button');
  await button.click();
}
