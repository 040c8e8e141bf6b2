// @options {"checkThenables": true}
declare function query(): PromiseLike<number>;
declare function success(): { then(done: (value: number) => void): void };
declare function named(): { then(name: string, other: string): void };

export function thenables(): void {
  query();
//^^^^^^^ floating-promise dropped
  query().then(console.log);
//^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  query().then(console.log, console.error);
  success();
  named();
}
