// @options {"allowVoid": false}
import { save, type User } from './lib.ts';

declare const user: User;

export function deliberate(): void {
  void save(user);
//     ^^^^^^^^^^ floating-promise dropped
//     related lib.ts:8 "can throw here"
}

export const handler = (): void => void save(user);
//                                      ^^^^^^^^^^ floating-promise dropped
//                                      related lib.ts:8 "can throw here"
