import type { FixBuilder } from '../engine/fix-builder.ts';
import type { Facts } from '../facts/facts.ts';
import type { Flow } from '../flow/flow.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Fix, Related, Severity } from '../model/finding.ts';
import type { Interleaving } from '../model/interleaving.ts';
import type { OptionValues, RuleMessage, RuleMeta, RuleOption } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import type { Node, NodeOfKind, VisitableKind } from '../typescript/ast.ts';
import type { FileView } from '../typescript/file-view.ts';
import type { Oracle } from '../typescript/oracle.ts';

/** A promise or a plain value: cheap visitors answer at once, typed ones later. */
export type Awaitable<T> = T | Promise<T>;

/** Why nothing is reported. A function is called only when somebody asks. */
export type SilenceReason = string | (() => string);

export interface ReportDetails {
  /** Fills the `{name}` placeholders of the message. */
  readonly data?: Readonly<Record<string, string>>;
  readonly related?: readonly Related[];
  /** For a race: one order of events in which it breaks. */
  readonly interleaving?: Interleaving;
  /** Overrides the rule's severity for this one finding. */
  readonly severity?: Severity;
  /** Rules that say more of the same problem: where one of them reports at the same place, this finding is left out. */
  readonly yieldsTo?: readonly string[];
  /** Asked only when somebody wants to see fixes. `undefined` entries are left out; the first is preferred if it is safe. */
  readonly fixes?: () => Awaitable<readonly (Fix | undefined)[]>;
}

/** The window of a rule onto the world. Invariant: rules ask these and never the checker. */
export interface RuleContext<
  MessageKey extends string = string,
  Options extends Readonly<Record<string, RuleOption>> = Readonly<Record<string, RuleOption>>,
> {
  readonly file: FileView;
  readonly options: OptionValues<Options>;
  readonly types: Oracle;
  readonly facts: Facts;
  /** The order in which a function's code runs. Asks the compiler nothing. */
  readonly flow: Flow;
  readonly knowledge: Knowledge;
  readonly fix: FixBuilder;
  readonly signal: AbortSignal;
  /** Reports one problem. `where` is the smallest token or expression that names it. */
  report(message: MessageKey, where: Node | Span, details?: ReportDetails): void;
  /**
   * Says why nothing is reported at a place that was looked at closely, for those who ask why. Free when nobody does.
   * @param reason completes "Silent, because …": `it never rejects`; a function where the words cost something to find
   */
  silent(where: Node, reason: SilenceReason): void;
  /** Records that the conclusion rests on another file too. The oracle records what it reads by itself. */
  dependsOn(file: string): void;
}

export type Visitors<Context> = {
  readonly [K in VisitableKind]?: (node: NodeOfKind<K>, ctx: Context) => Awaitable<void>;
};

export interface Rule extends RuleMeta {
  readonly on: Visitors<RuleContext>;
}

/** Checks the definition's types and returns it unchanged. Visitors of all rules run concurrently, in no fixed order. */
export function defineRule<
  const Messages extends Readonly<Record<string, RuleMessage>>,
  const Options extends Readonly<Record<string, RuleOption>>,
>(
  rule: Omit<RuleMeta, 'messages' | 'options'> & {
    readonly messages: Messages;
    readonly options: Options;
    readonly on: Visitors<RuleContext<Extract<keyof Messages, string>, Options>>;
  },
): Rule {
  return rule as unknown as Rule;
}
