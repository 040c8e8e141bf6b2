const notes: string[] = [];

async function note(text: string): Promise<void> {
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
