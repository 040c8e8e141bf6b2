import type { BlockedPlace, Step } from '../../facts/blocking/blocking.ts';
import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import type { Facts } from '../../facts/facts.ts';
import { functionName } from '../../facts/uses.ts';
import type { Fact } from '../../model/explanation.ts';
import { type CallExpression, isCallExpression, isWithin, type SourceFile } from '../../typescript/ast.ts';
import { placeOfNode } from './places.ts';

/** What the calls of a file hold up, and by which way. */
export interface BlockingOnLine {
  of(call: CallExpression): Promise<readonly Fact[]>;
}

export async function blockingIn(file: SourceFile, facts: Facts): Promise<BlockingOnLine> {
  const [work, sleep] = await Promise.all([facts.blocking.places(file, 'work'), facts.blocking.places(file, 'sleep')]);
  const places = [...work, ...sleep];
  return {
    async of(call) {
      const found = places.filter(({ step }) => isWithin(step.at, call.expression));
      if (found.length > 0) return found.map(blocks);
      const chain = await chainBelow(call, facts);
      if (chain.length > 0) return chain;
      const isKnown = isCallExpression(call) && (await facts.blocking.blockingOf(call)) !== undefined;
      return isKnown ? [{ about: 'blocks', text: await whoeverItIs(call, facts), places: [] }] : [];
    },
  };
}

/** What a function of the project that is called leads to. */
async function chainBelow(call: CallExpression, facts: Facts): Promise<readonly Fact[]> {
  if (!isCallExpression(call)) return [];
  for (const fn of await facts.calledFunctions(call)) {
    const chain = await facts.blocks(fn);
    const last = chain?.at(-1);
    if (!chain || !last) continue;
    const places = [last, ...chain.slice(0, -1)].map(({ at }) => placeOfNode(at));
    return [{ about: 'blocks', text: `it leads to \`${last.name}\``, places }];
  }
  return [];
}

/** Why a blocking call keeps nobody waiting. */
async function whoeverItIs(call: CallExpression, facts: Facts): Promise<string> {
  if (blocksOnPurpose(call.getSourceFile())) return 'nobody who matters: this file is a test, a tool or a worker';
  if (isInTest(call)) return 'nobody who matters: it runs in a test';
  if (await facts.runsAtStartUp(call)) return 'nobody: it runs only while the program starts';
  return 'whoever calls, but no asynchronous code was found that leads here';
}

function blocks({ step, entry, from, reached: [{ way }] }: BlockedPlace): Fact {
  const steps: readonly Step[] = [...from, step, ...way];
  const name = functionName(entry.fn)?.text;
  const whom = name === undefined ? 'whoever waits for the function around it' : `whoever waits for \`${name}\``;
  const others = steps.filter((each) => each !== step).map(({ at }) => placeOfNode(at));
  const places = way.length > 0 ? [...others.slice(-1), ...others.slice(0, -1)] : others;
  if (way.length > 0) return { about: 'blocks', text: `${whom}: it leads to \`${way.at(-1)?.name}\``, places };
  return { about: 'blocks', text: `${whom}, until it returns`, places };
}
