export const players: string[] = [];

export function kick(name: string): void {
  players.splice(players.indexOf(name), 1);
}
