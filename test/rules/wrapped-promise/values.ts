declare function load(id: string): Promise<string>;

export async function name(id: string): Promise<string> {
  if (id === '') return Promise.reject(new Error('no id'));
//                              ^^^^^^ wrapped-promise value
  return Promise.resolve(id.trim());
//               ^^^^^^^ wrapped-promise value
}

export const trimmed = load('a').then((text) => Promise.resolve(text.trim()));
//                                                      ^^^^^^^ wrapped-promise value

export const checked = load('a').then((text) => {
  if (text === '') return Promise.reject(new Error('empty'));
//                                ^^^^^^ wrapped-promise value
  return { text };
});

export const given = load('a').catch(() => Promise.resolve({ text: '' }));
//                                                 ^^^^^^^ wrapped-promise value
