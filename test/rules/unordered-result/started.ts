interface Series {
  readonly name: string;
  readonly points: number[];
}

/** The callback has a name of its own. */
export async function loadSeries(names: readonly string[]): Promise<Series[]> {
  const series: Series[] = [];
  const load = async (name: string) => {
    const response = await fetch(`/series/${name}`);
    series.push({ name, points: await response.json() });
//         ^^^^ unordered-result pushed
//         related started.ts:16 "all callbacks run at once"
//         related started.ts:17 "here the order shows"
  };
  await Promise.all(names.map(load));
  return series;
}

/** Started in a loop, and awaited together. */
export async function render(sections: readonly string[], renderOne: (name: string) => Promise<string>) {
  const parts: string[] = [];
  const started: Promise<void>[] = [];
  for (const section of sections) {
    started.push(
      renderOne(section).then((html) => {
        parts.push(html);
//            ^^^^ unordered-result pushed
//            related started.ts:24 "all callbacks run at once"
//            related started.ts:35 "here the order shows"
      }),
    );
  }
  await Promise.all(started);
  return parts.join('\n');
}

/** The array of the promises is in the order of the loop. */
export async function ordered(sections: readonly string[], renderOne: (name: string) => Promise<string>) {
  const started: Promise<string>[] = [];
  for (const section of sections) started.push(renderOne(section).then((html) => html.trim()));
  return (await Promise.all(started)).join('\n');
}
