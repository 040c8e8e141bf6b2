import type { TextDocumentWillSaveEvent } from 'vscode';
import { isAllowed } from './lib.ts';

export async function onWillSave(event: TextDocumentWillSaveEvent): Promise<void> {
  await isAllowed();
  event.waitUntil(isAllowed());
//      ^^^^^^^^^ late-event-control late
//      related vscode.ts:5 "the event ends while this waits"
}
