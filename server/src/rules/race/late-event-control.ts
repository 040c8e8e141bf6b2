import type { Step } from '../../flow/graph.ts';
import type { Node } from '../../typescript/ast.ts';
import { isAwaitExpression, isFunctionNode, isIfStatement, spanOf } from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { callbackOwner, controlsIn, type EventControl, isEvent } from './late-event-control/control.ts';
import { keepFix, moveFix } from './late-event-control/fixes.ts';

export const lateEventControl = defineRule({
  id: 'late-event-control',
  family: 'race',
  principle: 3,
  summary: 'An event is controlled or asked after a wait, when it is over',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['biome:noLateEventControl'],
  options: {},
  messages: {
    late: {
      text: '`{control}` comes too late: the event is over before {wait} is done',
      why: 'The browser goes on as soon as the handler waits for the first time: the form is sent, the link is followed, the next listener is called. What the handler says afterwards changes nothing.',
      help: 'Call it before the first `await`.',
    },
    gone: {
      text: '`{control}` is `null` here: the event is over before {wait} is done',
      why: 'It is set only while the listeners of the event run. The handler has let them go on when it waited.',
      help: 'Keep it in a variable before the first `await`.',
    },
  },
  on: {
    SourceFile(_, ctx) {
      const { members } = ctx.knowledge.eventControl;
      const present = members.filter((member) => ctx.file.text.includes(member));
      const controls = present.flatMap((member) => controlsIn(ctx.file.sourceFile, member));
      return controls.length === 0 ? undefined : checkAll(controls, ctx);
    },
  },
});

type Context = RuleContext<'late' | 'gone'>;

async function checkAll(controls: readonly EventControl[], ctx: Context): Promise<void> {
  const waits = await Promise.all(controls.map((control) => waitBefore(control, controls, ctx)));
  const late = controls.filter((_, index) => waits[index]);
  const areEvents = await Promise.all(late.map((control) => isEvent(control, ctx)));
  const found = late.filter((_, index) => areEvents[index]);
  for (const control of found) {
    const wait = waits[controls.indexOf(control)] as Node;
    const isGone = ctx.knowledge.eventControl.isProperty(control.member);
    const text = isAwaitExpression(wait) ? `\`${nameOf(wait.expression)}\`` : `\`${nameOf(wait)}\``;
    ctx.report(isGone ? 'gone' : 'late', control.name, {
      data: { control: `${control.event.text}.${control.member}${isGone ? '' : '()'}`, wait: text },
      related: [{ file: ctx.file.path, span: spanOf(wait), message: 'the event ends while this waits' }],
      fixes: () => [
        isGone
          ? keepFix(
              found.filter(({ event, member }) => event === control.event && member === control.member),
              wait,
              ctx,
            )
          : moveFix(control, wait, ctx),
      ],
    });
  }
}

/** What the handler has waited for before it comes to the place; undefined where it may come there at once. */
async function waitBefore(
  control: EventControl,
  all: readonly EventControl[],
  ctx: Context,
): Promise<Node | undefined> {
  const { inside, owner, member } = control;
  if (inside !== owner) {
    const call = callbackOwner(inside, ctx.knowledge.eventControl);
    if (call) return call;
  }
  const graph = ctx.flow.graphOf(inside);
  const isProperty = ctx.knowledge.eventControl.isProperty(member);
  const same = isProperty ? [] : all.filter((other) => other.event === control.event && other.member === member);
  const steps = (of: EventControl): readonly Step[] => graph.stepsOf(of.step);
  const own = steps(control);
  // `if (event) event.preventDefault()` has been said where there is an event.
  const said = (of: EventControl): readonly Step[] => [...steps(of), ...graph.stepsOf(ownCondition(of) ?? of.step)];
  // Who has said it in time may say it again.
  const early = ctx.flow.stepsAfter([graph.entry], { without: new Set(same.flatMap(said)) });
  const others = new Set(same.filter((other) => other !== control).flatMap(steps));
  const suspensions = ctx.flow
    .suspensionsOf(graph)
    .filter((step) => early.has(step) && ctx.flow.canReach([step], own, { without: others }));
  const lasting = await Promise.all(suspensions.map((step) => lasts(step, ctx)));
  return suspensions.find((_, index) => lasting[index])?.node;
}

/** `event` of `if (event) event.preventDefault()`. */
function ownCondition({ step, event }: EventControl): Node | undefined {
  for (let at = step; at.parent && !isFunctionNode(at); at = at.parent)
    if (isIfStatement(at.parent) && at.parent.thenStatement === at)
      return at.parent.expression.getText() === event.text ? at.parent.expression : undefined;
  return undefined;
}

/** A wait for promises that are there already ends before the event does. */
async function lasts({ node }: Step, ctx: Context): Promise<boolean> {
  return !isAwaitExpression(node) || (await ctx.facts.suspensionLength(node.expression)) !== 'microtask';
}
