import { load } from './lib.ts';

interface Widget {
  render(): Promise<string>;
}

export async function page(header: Widget, body: Widget): Promise<string> {
  let html = '';
  await Promise.all(
    [header, body].map(async (widget) => {
      const part = await widget.render();
      html += part;
//    ^^^^ unordered-result pushed
//    related forms.ts:10 "all callbacks run at once"
//    related forms.ts:18 "here the order shows"
    }),
  );
  return `<main>${html}</main>`;
}

export async function kept(ids: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  const jobs = ids.map(async (id) => {
    texts.push(await load(id));
//        ^^^^ unordered-result pushed
//        related forms.ts:23 "all callbacks run at once"
//        related forms.ts:30 "here the order shows"
  });
  await Promise.all(jobs);
  return texts;
}

export async function chained(ids: readonly string[]): Promise<string> {
  const texts: string[] = [];
  await Promise.allSettled(ids.map((id) => load(id).then((text) => texts.push(text))));
//                                                                       ^^^^ unordered-result pushed
//                                                                       related forms.ts:35 "all callbacks run at once"
//                                                                       related forms.ts:39 "here the order shows"
  return texts.join('\n');
}
