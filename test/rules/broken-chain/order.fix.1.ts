const notes: string[] = [];

async function note(text: string): Promise<void> {
  await null;
  notes.push(text);
}

declare function load(): Promise<string>;

/** It cannot reject, so nobody loses an error; but the chain does not wait. */
export function unordered(): Promise<void> {
  return load()
    .then((text) => {
      return note(text);
    })
    .then(() => {
      console.log(notes);
    });
}

declare function activate(id: string): Promise<void>;
declare function upload(): Promise<string>;

/** What may reject belongs to the chain too, wherever in the callback it starts. */
export function publish(): Promise<string> {
  return upload().then(async (id) => {
    await activate(id);
    return id;
  });
}

export function audit(): Promise<string> {
  return upload().catch(async (error: unknown) => {
    await activate('failed');
    throw error;
  });
}

export function later(): void {
  upload()
    .then((id) => {
      return activate(id);
    })
    .catch(console.error);
}
