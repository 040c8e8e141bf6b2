import type { ExplainedInterleaving, ExplainedTask, Place } from '../../model/explanation.ts';
import { type InterleavedTask, type Interleaving, turnsOf } from '../../model/interleaving.ts';
import type { Location } from '../../model/span.ts';

/**
 * Gives the steps of an interleaving their places and turns.
 * @param placeOf where a location is, in the text that its file has now
 */
export async function explainedInterleaving(
  { tasks: [first, second], steps, outcome, evidence }: Interleaving,
  placeOf: (location: Location) => Promise<Place>,
): Promise<ExplainedInterleaving> {
  const turns = turnsOf(steps);
  const task = async (of: InterleavedTask): Promise<ExplainedTask> => ({ name: of.name, place: await placeOf(of) });
  const [tasks, placed, at] = await Promise.all([
    Promise.all([task(first), task(second)]),
    Promise.all(steps.map(placeOf)),
    evidence.at && placeOf(evidence.at),
  ]);
  return {
    tasks,
    steps: steps.map(({ task: of, kind, text, note }, index) => ({
      task: of,
      turn: turns[index] ?? 1,
      kind,
      text,
      ...(note !== undefined && { note }),
      place: placed[index] as Place,
    })),
    outcome,
    evidence: { text: evidence.text, ...(at && { place: at }) },
  };
}
