import { graphOf } from '../../flow/graph-of.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { enclosingFunction, type FunctionNode, isWithin, type Node } from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { remember } from '../../typescript/remember.ts';
import { FunctionUses } from '../uses.ts';
import { type Access, accessesOf } from './accesses.ts';
import { isBehindAccessors, isOneState } from './accessors.ts';
import { type CheckedWrite, checkedWrites } from './checked-writes.ts';
import { type Concurrency, ConcurrencyFacts } from './concurrency.ts';
import { type EarlyFlag, earlyFlags } from './early-flags.ts';
import { type EndedMeanwhile, endedMeanwhile } from './ended-meanwhile.ts';
import { isGuarded } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import { type ReadTooEarly, readsTooEarly } from './in-flight.ts';
import { type SharedIteration, sharedIterations } from './iterations.ts';
import { type Lowered, loweredEarly } from './lowered.ts';
import { type NewerCleared, newerCleared } from './newer-cleared.ts';
import { type OtherWrite, readersOf, writersAtHome, writersOf } from './other-writers.ts';
import { type Overtaken, overtakenWrites } from './overtaken.ts';
import { holdsOwnLock } from './own-locks.ts';
import type { Place } from './places.ts';
import { type ProbedFile, probedFiles } from './probed-files.ts';
import { type Replaced, replacedReads } from './replaced.ts';
import { type StaleWrite, staleWrites } from './stale-writes.ts';
import { type SwappedPromise, swappedPromise } from './swapped-promises.ts';

/** State that several tasks can see, who touches it, and whether they can run at once. */
export class SharedState {
  readonly #concurrency: ConcurrencyFacts;
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;
  readonly #uses: FunctionUses;
  readonly #scopes = new Map<FunctionNode, ConcurrencyFacts>();

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
    this.#knowledge = knowledge;
    this.#uses = new FunctionUses(types);
    this.#concurrency = new ConcurrencyFacts(types, knowledge, this.#uses);
  }

  /** Why two runs of a function can overlap; undefined where nothing says that they can. */
  concurrencyOf(fn: FunctionNode): Promise<Concurrency | undefined> {
    return this.#concurrency.of(fn);
  }

  /** As `concurrencyOf`, for runs that see one and the same place: a variable of what runs twice is made anew in each run. */
  async concurrencyAt(fn: FunctionNode, place: Place): Promise<Concurrency | undefined> {
    const scope = place.declared && enclosingFunction(place.declared);
    const concurrency = await (scope ? this.#inside(scope) : this.#concurrency).of(fn);
    return concurrency && place.declared && isWithin(place.declared, concurrency.fn) ? undefined : concurrency;
  }

  #inside(scope: FunctionNode): ConcurrencyFacts {
    return remember(this.#scopes, scope, () => new ConcurrencyFacts(this.#types, this.#knowledge, this.#uses, scope));
  }

  /** The shared places that a function's own code reads and writes, in the order of the source. */
  accessesOf(fn: FunctionNode): readonly Access[] {
    return accessesOf(fn);
  }

  /** Whether what is read and what is written is one state, where both are behind functions of another file. */
  async isOneState(reader: Access, writer: Access): Promise<boolean> {
    const [read, write] = [reader, writer].map(({ node, through }) => through?.origin.node ?? node);
    return !isBehindAccessors(writer.place) || !read || !write || isOneState(read, write, this.#types);
  }

  /** Writes that a condition before a suspension was meant to protect. */
  checkedWrites(fn: FunctionNode): readonly CheckedWrite[] {
    return checkedWrites(fn);
  }

  /** Writes that rest on what was read before a suspension. */
  staleWrites(fn: FunctionNode): readonly StaleWrite[] {
    return staleWrites(fn);
  }

  /** Who else in the file changes a place, seen from a node. */
  writersOf(place: Place, from: Node, isMeant: (write: Access, fn: FunctionNode) => boolean): readonly OtherWrite[] {
    return writersOf(place, from, isMeant);
  }

  /** As `writersOf`, with the functions of the file that a variable is imported from. */
  async writersAnywhere(
    place: Place,
    from: Node,
    isMeant: (write: Access, fn: FunctionNode) => boolean,
  ): Promise<readonly OtherWrite[]> {
    return [...writersOf(place, from, isMeant), ...(await writersAtHome(place, this.#types, isMeant))];
  }

  /** Whether something keeps a second call away while a function waits: a lock, or a flag that is set in the turn of its check. */
  isKeptAway(fn: FunctionNode, wait: Node, place: Place): boolean {
    const graph = graphOf(fn);
    const [suspension] = graph.stepsOf(wait);
    return suspension !== undefined && isGuarded(fn, graph, suspension, suspension, place);
  }

  /** Loops over shared collections that wait in their bodies. */
  iterations(fn: FunctionNode): readonly SharedIteration[] {
    return sharedIterations(fn);
  }

  /** Flags that are set before the wait that they stand for. */
  earlyFlags(fn: FunctionNode): readonly EarlyFlag[] {
    return earlyFlags(fn);
  }

  /** State that is cleared before the work is over that it let in. */
  loweredEarly(fn: FunctionNode): readonly Lowered[] {
    return loweredEarly(fn);
  }

  /** Whether a function holds a lock of the project's own before it comes to a place. */
  holdsOwnLock(fn: FunctionNode, place: Node): Promise<boolean> {
    return holdsOwnLock(fn, place, this.#types);
  }

  /** Writes behind a wait that take no notice of what others did meanwhile. */
  overtakenWrites(fn: FunctionNode): readonly Overtaken[] {
    return overtakenWrites(fn);
  }

  /** Fields that hold what one call was about, and are read again behind a wait. */
  replacedReads(fn: FunctionNode): readonly Replaced[] {
    return replacedReads(fn);
  }

  /** What one call takes away when its work is over, though a newer call may have put its own there. */
  newerCleared(fn: FunctionNode): readonly NewerCleared[] {
    return newerCleared(fn);
  }

  /** What is opened over a wait and kept, though what closes it may have run meanwhile. */
  endedMeanwhile(fn: FunctionNode): readonly EndedMeanwhile[] {
    return endedMeanwhile(fn);
  }

  /** What is read before a wait for the work that replaces it. */
  readsTooEarly(fn: FunctionNode): readonly ReadTooEarly[] {
    return readsTooEarly(fn);
  }

  /** Files that are looked for in one wait and used in a later one. */
  probedFiles(fn: FunctionNode): readonly ProbedFile[] {
    return probedFiles(fn);
  }

  /** Whether a function calls another one of its file, so that what that does is its own doing. */
  isHelperOf(helper: FunctionNode, fn: FunctionNode): boolean {
    return accessesWithin(fn).some(({ through }) => through?.helper === helper);
  }

  /** A promise that a callback replaces when it is fulfilled. */
  swappedPromise(fn: FunctionNode): SwappedPromise | undefined {
    return swappedPromise(fn);
  }

  /** The functions of the file that read a place as a whole. */
  readersOf(place: Place, from: Node): ReturnType<typeof readersOf> {
    return readersOf(place, from);
  }
}
