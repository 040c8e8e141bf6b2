interface Port {
  expectMessage(): Promise<string>;
  write(text: string): Promise<void>;
}

// The answer may come while the command is still being written: who listens has to begin before.
export async function ask(port: Port, command: string): Promise<string> {
  const response = port.expectMessage();
  await port.write(command);
  return await response;
}
