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
      note(text);
//    ^^^^^^^^^^ broken-chain lostWork
    })
    .then(() => {
      console.log(notes);
    });
}

declare function activate(id: string): Promise<void>;
declare function upload(): Promise<string>;

/** What may reject belongs to the chain too, wherever in the callback it starts. */
export function publish(): Promise<string> {
  return upload().then((id) => {
    activate(id);
//  ^^^^^^^^^^^^ broken-chain lostWork
    return id;
  });
}

export function audit(): Promise<string> {
  return upload().catch((error: unknown) => {
    activate('failed');
//  ^^^^^^^^^^^^^^^^^^ broken-chain lostWork
    throw error;
  });
}

export function later(): void {
  upload()
    .then((id) => {
      activate(id);
//    ^^^^^^^^^^^^ broken-chain lostWork
    })
    .catch(console.error);
}
