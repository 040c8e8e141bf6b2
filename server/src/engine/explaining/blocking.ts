import type { BlockedPlace, Step } from '../../facts/blocking.ts';
import type { Facts } from '../../facts/facts.ts';
import { functionName } from '../../facts/uses.ts';
import type { Fact } from '../../model/explanation.ts';
import { isWithin, type Node, type SourceFile } from '../../typescript/ast.ts';
import { placeOfNode } from './places.ts';

/** What the calls of a file hold up, and by which way. */
export interface BlockingOnLine {
  of(call: Node & { readonly expression: Node }): readonly Fact[];
}

export async function blockingIn(file: SourceFile, facts: Facts): Promise<BlockingOnLine> {
  const [work, sleep] = await Promise.all([facts.blocking.places(file, 'work'), facts.blocking.places(file, 'sleep')]);
  const places = [...work, ...sleep];
  return {
    of: (call) => places.filter(({ step }) => isWithin(step.at, call.expression)).map(blocks),
  };
}

function blocks({ step, entry, from, reached: [{ way }] }: BlockedPlace): Fact {
  const steps: readonly Step[] = [...from, step, ...way];
  const name = functionName(entry.fn)?.text;
  const whom = name === undefined ? 'whoever waits for the function around it' : `whoever waits for \`${name}\``;
  const places = steps.filter((each) => each !== step).map(({ at }) => placeOfNode(at));
  if (way.length > 0) return { about: 'blocks', text: `${whom}: it leads to \`${way.at(-1)?.name}\``, places };
  return { about: 'blocks', text: `${whom}, until it returns`, places };
}
