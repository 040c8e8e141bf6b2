import { acquiredBy } from '../../facts/lifetime/acquired-locks.ts';
import { endsDuty, isClosingCall, takesOver } from '../../facts/lifetime/handover.ts';
import { type HeldUse, type Holder, holderOf, isCaptured } from '../../facts/lifetime/held-values.ts';
import { missedEnd } from '../../facts/lifetime/missed-ends.ts';
import type { Resource } from '../../facts/lifetime/resources.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { causeOf, wayOutOf } from '../../facts/rejection/failing-paths.ts';
import type { Miss } from '../../flow/paths.ts';
import type { Related } from '../../model/finding.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  isCallExpression,
  isWithin,
  lastName,
  type NewExpression,
  SyntaxKind,
  spanOf,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { unreadBody } from './unclosed-resource/bodies.ts';
import { closesElsewhere } from './unclosed-resource/example.ts';
import { closingFixes } from './unclosed-resource/fixes.ts';
import { isEventOf, isOpenedLater, isOpening, isWaitForEnd, policies } from './unclosed-resource/policies.ts';

const messages = {
  never: {
    text: '`{name}` is opened here and never closed',
    why: 'It holds a descriptor, a connection or a listener for as long as the process runs, and each call adds one more.',
    help: 'Close it in `finally`, or declare it with `await using`, which closes it at the end of its block.',
  },
  dropped: {
    text: 'Nobody keeps what {call} opens, so nobody can close it',
    why: 'What is used where it is opened cannot be closed any more. Each call leaves one more open.',
    help: 'Keep it in a variable, and close it in `finally`.',
  },
  body: {
    text: 'Nobody reads the body of what {call} gives, so its connection stays taken',
    why: 'The connection is given back when the body of the response has been read or thrown away. One that nobody looks at keeps it until the garbage collector comes.',
    help: 'Read the body, or call `body.dump()`.',
  },
  missed: {
    text: '`{name}` is not closed when {cause}',
    why: 'The line that closes it is not reached on this path. Each time one more stays open, until there are too many.',
    help: 'Close it in `finally`, or declare it with `await using`, which closes it at the end of its block.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;
type Opening = CallExpression | NewExpression;
type Ways = Iterable<Parameters<typeof missedEnd>[0]['ways'] extends ReadonlySet<infer W> ? W : never>;

/** Invariant: locks, permits, pooled clients and readers' locks are `unreleased-lock`'s. */
export const unclosedResource = defineRule({
  id: 'unclosed-resource',
  family: 'lifetime',
  principle: 6,
  summary: 'Something that has to be closed is opened and not closed on some path',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression: (call, ctx) => look(call, ctx),
    NewExpression: (call, ctx) => look(call, ctx),
  },
});

/** The methods of streams and sockets that give back what they are called on. */
const chained = new Set([
  'on',
  'once',
  'addListener',
  'setEncoding',
  'setTimeout',
  'setNoDelay',
  'setKeepAlive',
  'ref',
]);

/** Clients whose `connect` gives the client. */
const givesItself = new Set(['createClient', 'MongoClient']);
const connecting = new Set([...chained, 'connect']);

function look(call: Opening, ctx: Context): Promise<void> | undefined {
  const name = lastName(call.expression) ?? '';
  if (name === '' || call.expression.kind === SyntaxKind.SuperKeyword) return undefined;
  if (name === 'request' && ctx.file.text.includes('undici')) return checkBody(call, ctx);
  const isNew = call.kind === SyntaxKind.NewExpression;
  if (!ctx.knowledge.resources.mayOpen(name) && !(isNew && mayBeDisposable(ctx))) return undefined;
  const holder = holderOf(call, givesItself.has(name) ? connecting : chained);
  switch (holder.kind) {
    case 'dropped':
    case 'passing':
    case 'variable':
    case 'argument':
      return check(call, holder, ctx);
    default:
      return undefined;
  }
}

/** `const { statusCode } = await request(url)` of undici, without the body. */
async function checkBody(call: Opening, ctx: Context): Promise<void> {
  if (ctx.file.isTest || endsSoon(call)) return;
  const found = await unreadBody(call, ctx);
  if (!found) return;
  const related: Related[] = found.out
    ? [{ file: ctx.file.path, span: spanOf(found.out), message: 'leaves here without reading it' }]
    : [];
  ctx.report('body', calleeName(call), { data: { call: `\`${nameOf(call)}\`` }, related });
}

/** Files that speak of disposal may make things of their own that have to be disposed. */
function mayBeDisposable({ file }: Context): boolean {
  return /\busing\b|\b(?:asyncD|d)ispose\b/.test(file.text);
}

/** Programs that tests start stand among them, and run as long as what they open. */
function hasTests(text: string): boolean {
  return /\b(?:test|it|describe|suite|before(?:All|Each)?)\w*(?:\.\w+)*\(/.test(text);
}

async function check(call: Opening, holder: Holder, ctx: Context): Promise<void> {
  if (!enclosingFunction(call) && !(ctx.file.isTest && hasTests(ctx.file.text))) return;
  const found = await ctx.facts.owns(call);
  if (!found) return checkByExample(call, holder, ctx);
  if (found.kind === 'disposable' && (await isLent(call, ctx)))
    return ctx.silent(call, 'it has to be given back, which `unreleased-lock` says');
  const policy = policies[found.kind];
  if (ctx.file.isTest || endsSoon(call)) {
    if (!(policy.inTests && ctx.file.isTest)) return;
  } else if (policy.onlyInTests) return;
  if (policy.applies && !policy.applies(call, holder)) return;
  switch (holder.kind) {
    case 'variable':
      return checkVariable(call, holder, found, ctx);
    case 'passing':
      if (/^(?:then|catch|finally)$/.test(holder.member)) return;
      if (!policy.dropped || isClosing(found)(holder.member) || takesCare(found, holder.member)) return;
      return dropped(call, ctx);
    case 'dropped':
      return policy.dropped ? dropped(call, ctx) : undefined;
    case 'argument': {
      if (!policy.dropped || (await takesOver(holder.call, holder.index, isClosing(found), ctx.types))) return;
      return dropped(call, ctx);
    }
    default:
      return undefined;
  }
}

async function dropped(call: Opening, ctx: Context): Promise<void> {
  if (await ctx.facts.runsAtStartUp(call)) return ctx.silent(call, 'it is opened once, while the program starts');
  ctx.report('dropped', calleeName(call), { data: { call: `\`${nameOf(call)}\`` } });
}

async function checkVariable(
  call: Opening,
  holder: Extract<Holder, { readonly kind: 'variable' }>,
  found: Resource,
  ctx: Context,
): Promise<void> {
  const { variable, written, uses } = holder;
  const policy = policies[found.kind];
  const others = uses.filter(({ name }) => name !== written);
  const ends = (
    await Promise.all(others.map(async (use) => ((await isEnd(use, found, ctx)) ? use : undefined)))
  ).filter((use) => use !== undefined);
  const at = calleeName(call);
  const name = variable.text;
  const fixes = () => closingFixes(call, holder, found, ends, ctx);
  if (ends.length === 0) {
    if (!policy.never) return;
    if (isMeantToLast(call, found)) return ctx.silent(call, 'it is made to listen for as long as the program runs');
    if (policy.neverNeeds && !policy.neverNeeds(others)) return;
    if (!ctx.file.isTest && (await ctx.facts.runsAtStartUp(call)))
      return ctx.silent(call, 'it is opened once, while the program starts');
    return ctx.report('never', at, { data: { name }, fixes });
  }
  // Somebody else has it too, who may close it whenever that is due.
  if (!policy.missed || enclosingFunction(variable) !== enclosingFunction(written)) return;
  if (found.kind === 'client' && isOpenedLater(call, others)) return;
  // `connect(port, () => resolve(socket))`: a callback of the opening itself hands it on.
  if (ends.some((use) => isWithin(use.name, call))) return;
  // A function that closes it may be called from anywhere.
  if (ends.some((use) => isCaptured(use, variable))) return;
  const isClosed = ends.some((use) => use.kind === 'method' || isClosingCall(use));
  const missed = (ways: Ways): Promise<Miss | undefined> =>
    missedEnd(
      {
        variable,
        written,
        ends: ends.map((use) => use.name),
        writes: others.filter(({ kind }) => kind === 'write').map((use) => use.name),
        ways: new Set(ways),
        isHarmless: (wait) => isOpening(wait, name) || (diesOfErrors.has(found.kind) && isEventOf(wait, name)),
      },
      ctx,
    );
  // `if (source) source.pipe(stream)`: only a failure on the way there is an oversight.
  if (!isClosed && !policy.missed.includes('end') && (await missed(['end', 'return']))) return;
  // What is only handed on is whole until then: a failure on the way there is seldom thought of, a `catch` is.
  const miss = await missed(isClosed ? policy.missed : ['end', 'return', 'caught']);
  if (!miss || ctx.file.isTest) return;
  if (await ctx.facts.runsAtStartUp(call)) return ctx.silent(call, 'it is opened once, while the program starts');
  const out = wayOutOf(miss);
  const related: Related[] = out
    ? [{ file: ctx.file.path, span: spanOf(out), message: 'leaves here with it open' }]
    : [];
  const cause = miss.how === 'stopped' ? 'the variable gets another value' : causeOf(miss);
  ctx.report('missed', at, { data: { name, cause }, related, fixes });
}

/** Kinds that an error of their own ends. */
const diesOfErrors = new Set<Resource['kind']>(['stream', 'connection', 'worker', 'child']);

/** `consumer.run(…)`, `channel.consume(…)`: the same function makes it wait for what is to come. */
function isMeantToLast(call: Opening, { lasting }: Resource): boolean {
  const fn = lasting.length > 0 ? enclosingFunction(call) : undefined;
  let found = false;
  if (fn?.body)
    walkBody(fn.body, (node) => {
      found ||= isCallExpression(node) && lasting.includes(lastName(node.expression) ?? '');
      return !found;
    });
  return found;
}

async function isEnd(use: HeldUse, found: Resource, ctx: Context): Promise<boolean> {
  if (use.kind === 'method' && takesCare(found, use.member, use.call)) return true;
  if (use.kind === 'argument' && isWaitForEnd(use.call)) return true;
  return endsDuty(use, isClosing(found), ctx.types);
}

/** Whether a method of it closes it. Where no data says which, by what such methods are called. */
function isClosing({ methods, kind }: Resource): (member: string) => boolean {
  return (member) =>
    methods.includes(member) ||
    /^Symbol\.(?:asyncD|d)ispose$/.test(member) ||
    (kind === 'disposable' ? closers.test(member) : generic.has(member));
}

const generic = new Set(['close', 'destroy', 'dispose', 'terminate', 'end', 'kill', 'abort', 'release']);
const closers =
  /^(?:async)?(?:close|dispose|destroy|end|release|stop|disconnect|free|unref|terminate|quit|shut_?down|clean_?up|kill|abort|cancel|remove|unsubscribe|delete|reset|finish|dismiss|move|defer)/i;

/** Whether something else closes it after this call: the stream of a handle, whoever a stream is piped to. */
function takesCare({ takes, kind }: Resource, member: string, call?: CallExpression): boolean {
  if (takes.includes(member)) return true;
  const event = call?.arguments[0] && unwrap(call.arguments[0]).getText().slice(1, -1);
  const ends = policies[kind].consumedBy;
  return (
    ends !== undefined &&
    (ends.methods.has(member) || (listening.has(member) && event !== undefined && ends.events.has(event)))
  );
}

const listening = new Set(['on', 'once', 'addListener', 'addEventListener']);

/** Whether what a call gives has to be given back: another rule looks after that. */
async function isLent(call: Opening, ctx: Context): Promise<boolean> {
  if (call.kind === SyntaxKind.NewExpression) return false;
  const { locks } = ctx.knowledge;
  const name = lastName(call.expression) ?? '';
  return (
    (locks.mayAcquire(name) || locks.mayLend(name)) && (await acquiredBy(call as CallExpression, ctx)) !== undefined
  );
}

/** The same function's result is closed elsewhere in this file: then it has to be here too. */
async function checkByExample(call: Opening, holder: Holder, ctx: Context): Promise<void> {
  if (call.kind === SyntaxKind.NewExpression || ctx.file.isTest || endsSoon(call)) return;
  const example = closesElsewhere(call as CallExpression);
  if (!example || holder.kind !== 'passing' || holder.member === example.method) return;
  if (/^(?:then|catch|finally)$/.test(holder.member) || closers.test(holder.member)) return;
  if (await isLent(call, ctx)) return;
  const related: Related[] = [{ file: ctx.file.path, span: spanOf(example.at), message: 'is closed here' }];
  ctx.report('dropped', calleeName(call), { data: { call: `\`${nameOf(call)}\`` }, related });
}
