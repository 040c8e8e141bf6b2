import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/** A signal that is aborted when the client takes its request back. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  const cancel = (): void => controller.abort(cancelled());
  if (token.isCancellationRequested) cancel();
  else token.onCancellationRequested(cancel);
  return controller.signal;
}

export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

/** The answer to a question about a text that has changed since. */
export function contentModified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed.');
}
