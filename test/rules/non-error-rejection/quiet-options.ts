// @options {"allowEmpty": true, "allow": ["Stop"]}
interface Stop {
  readonly at: number;
}
declare const stop: Stop;

export async function stopped(): Promise<void> {
  if (stop.at > 0) return Promise.reject();
  throw stop;
}
