import type { PlainEdit } from '../apply-edits.ts';

export function insertion(at: number, newText: string): PlainEdit {
  return { span: { start: at, end: at }, newText };
}

export function replacement(start: number, end: number, newText: string): PlainEdit {
  return { span: { start, end }, newText };
}
