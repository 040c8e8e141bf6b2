import { save } from './store.ts';

export function onClick(text: string) {
  save(text);
}
