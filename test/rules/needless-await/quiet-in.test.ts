// @options {"inTests": "allow"}
declare function parser(): { read(): string };

export async function prepare(): Promise<string> {
  const made = await parser();
  return made.read();
}
